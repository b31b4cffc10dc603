import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
import { openStore } from "./store.js";

/** All that are good just now, with commas between: while a secret is being rotated there are two. */
const secrets = (process.env.WEBHOOK_SECRET ?? "").split(",").filter(Boolean);
const port = Number(process.env.PORT ?? 4000);
const store = openStore(process.env.STORE ?? "received.jsonl");
const mostBytes = 5_000_000;

if (secrets.length === 0) throw new Error("Set WEBHOOK_SECRET to the endpoint's secret.");

/** The body as it was sent: a signature is of these bytes, not of what they parse to. */
async function bodyOf(request) {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error("The message is too long.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The message, or undefined when none of the secrets has signed it within the last five minutes. */
function verified(body, headers) {
  for (const secret of secrets) {
    try {
      return new Webhook(secret).verify(body, headers);
    } catch {
      // Perhaps it was signed with another one.
    }
  }
  return undefined;
}

const server = createServer(async (request, response) => {
  if (request.method === "GET") {
    response.setHeader("content-type", "application/json");
    return response.end(JSON.stringify(store.state()));
  }
  try {
    const message = verified(await bodyOf(request), request.headers);
    if (message === undefined) {
      store.refuse();
      response.statusCode = 401;
      return response.end("The signature is not good here.");
    }
    // Written down before it is acknowledged: what is not, comes again.
    store.take(request.headers["webhook-id"], message);
    response.statusCode = 204;
  } catch (error) {
    response.statusCode = 500;
    process.stderr.write(`${error.stack}\n`);
  }
  response.end();
});

server.listen(port, "127.0.0.1", () => {
  process.stdout.write(`Listening on http://127.0.0.1:${server.address().port}\n`);
});
process.on("SIGTERM", () => server.close());
