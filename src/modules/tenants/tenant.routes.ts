import { Readable } from "node:stream";
import { z } from "zod";
import { Id } from "#kernel/ids";
import { defineRoute } from "#kernel/rest/routes";
import { Host } from "#kernel/tenancy/names";
import * as domains from "./domain.service.ts";
import { exportMedia, exportTenant } from "./export.ts";
import { page } from "./list.ts";
import * as settings from "./settings.service.ts";
import { platform, targetOf } from "./target.ts";
import * as fields from "./tenant.fields.ts";
import { read } from "./tenant.record.ts";
import * as tenants from "./tenant.service.ts";
import { moduleSettings, tenant, tenantPage } from "./tenant.schema.ts";
import { viewTenant } from "./tenant.view.ts";

const ofTenant = z.object({ id: Id });
const ofDomain = ofTenant.extend({ host: Host });
const ofModule = ofTenant.extend({ module: z.string().max(100) });

const listTenants = defineRoute({
  method: "get",
  path: "/v1/tenants",
  summary: "All tenants, oldest first",
  access: platform,
  query: z.object({
    first: z.coerce.number().int().min(1).max(100).default(20),
    after: Id.optional().meta({ description: "`next` of the page before." }),
  }),
  reply: tenantPage,
  async run(ctx, { query }) {
    const { edges, pageInfo } = await page(ctx, query);
    return {
      tenants: edges.map(({ node }) => node),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    };
  },
});

const createTenant = defineRoute({
  method: "post",
  path: "/v1/tenants",
  summary: "Create a tenant",
  access: platform,
  body: fields.createTenant,
  reply: tenant,
  status: 201,
  errors: ["CONFLICT"],
  async run(ctx, { body }) {
    return viewTenant(await read({ ...ctx, tenant: await tenants.create(ctx, body) }));
  },
});

const readTenant = defineRoute({
  method: "get",
  path: "/v1/tenants/{id}",
  summary: "A tenant",
  access: "tenant:read",
  params: ofTenant,
  reply: tenant,
  async run(ctx, { params }) {
    return viewTenant(await read(await targetOf(ctx, params.id)));
  },
});

const updateTenant = defineRoute({
  method: "patch",
  path: "/v1/tenants/{id}",
  summary: "Change a tenant's name, locales or currencies",
  description:
    "What is left out stays. Texts and prices in what is taken away stay, unseen, and are back with it.",
  access: "tenant:write",
  params: ofTenant,
  body: fields.updateTenant,
  reply: tenant,
  errors: ["CONFLICT"],
  async run(ctx, { params, body }) {
    return viewTenant(await tenants.update(await targetOf(ctx, params.id), body));
  },
});

const renameTenant = defineRoute({
  method: "post",
  path: "/v1/tenants/{id}/rename",
  summary: "Give a tenant another slug",
  access: platform,
  params: ofTenant,
  body: fields.renameTenant,
  reply: tenant,
  errors: ["CONFLICT"],
  async run(ctx, { params, body }) {
    return viewTenant(await tenants.rename(await targetOf(ctx, params.id), body));
  },
});

const suspendTenant = defineRoute({
  method: "post",
  path: "/v1/tenants/{id}/suspend",
  summary: "Serve nobody for a tenant until it is resumed",
  access: platform,
  params: ofTenant,
  body: fields.suspendTenant,
  reply: tenant,
  async run(ctx, { params, body }) {
    return viewTenant(await tenants.suspend(await targetOf(ctx, params.id), body.reason));
  },
});

const resumeTenant = defineRoute({
  method: "post",
  path: "/v1/tenants/{id}/resume",
  summary: "Serve a suspended tenant again",
  access: platform,
  params: ofTenant,
  reply: tenant,
  errors: ["CONFLICT"],
  async run(ctx, { params }) {
    return viewTenant(await tenants.resume(await targetOf(ctx, params.id)));
  },
});

const exportRows = defineRoute({
  method: "get",
  path: "/v1/tenants/{id}/export",
  summary: "All rows of a tenant, by module, one a line",
  description: "The last line says how many there were: without it, the export is not whole.",
  access: platform,
  params: ofTenant,
  reply: z.custom<Readable>().meta({ type: "string", description: "Lines of JSON." }),
  media: exportMedia,
  secret: true,
  async run(ctx, { params }) {
    return Readable.from(exportTenant(await targetOf(ctx, params.id)));
  },
});

const deleteTenant = defineRoute({
  method: "post",
  path: "/v1/tenants/{id}/delete",
  summary: "Delete a suspended tenant that was exported since, in the background, for good",
  access: platform,
  params: ofTenant,
  body: fields.deleteTenant,
  reply: tenant,
  status: 202,
  errors: ["CONFLICT"],
  async run(ctx, { params, body }) {
    return viewTenant(await tenants.requestDeletion(await targetOf(ctx, params.id), body));
  },
});

const addDomain = defineRoute({
  method: "post",
  path: "/v1/tenants/{id}/domains",
  summary: "Have a tenant answer to a host",
  access: "tenant:write",
  params: ofTenant,
  body: fields.domain,
  reply: tenant,
  status: 201,
  errors: ["CONFLICT"],
  async run(ctx, { params, body }) {
    return viewTenant(await domains.add(await targetOf(ctx, params.id), body.host));
  },
});

const removeDomain = defineRoute({
  method: "delete",
  path: "/v1/tenants/{id}/domains/{host}",
  summary: "Have a tenant answer to a host no more",
  access: "tenant:write",
  params: ofDomain,
  reply: tenant,
  async run(ctx, { params }) {
    return viewTenant(await domains.remove(await targetOf(ctx, params.id), params.host));
  },
});

const readSettings = defineRoute({
  method: "get",
  path: "/v1/tenants/{id}/settings/{module}",
  summary: "What holds for a module, its defaults where nothing is set",
  access: "tenant:read",
  params: ofModule,
  reply: moduleSettings,
  async run(ctx, { params }) {
    return settings.get(await targetOf(ctx, params.id), params.module);
  },
});

const updateSettings = defineRoute({
  method: "patch",
  path: "/v1/tenants/{id}/settings/{module}",
  summary: "Set something for a module",
  access: "tenant:write",
  params: ofModule,
  body: z.object({
    value: z.record(z.string(), z.unknown()).meta({ description: "What is left out stays." }),
    revision: z.int().min(0).nullish(),
  }),
  reply: moduleSettings,
  errors: ["CONFLICT"],
  async run(ctx, { params, body }) {
    return settings.update(await targetOf(ctx, params.id), { module: params.module, ...body });
  },
});

export const routes = [
  listTenants,
  createTenant,
  readTenant,
  updateTenant,
  renameTenant,
  suspendTenant,
  resumeTenant,
  exportRows,
  deleteTenant,
  addDomain,
  removeDomain,
  readSettings,
  updateSettings,
];
