import { z } from "zod";
import { NotFound } from "#kernel/errors";
import { defineModule, type ModuleDefinition } from "#kernel/modules/module";
import { assemble, type Registry } from "#kernel/modules/registry";
import { defineRoute } from "#kernel/rest/routes";
import { registry } from "#test/installation";

/** Notes in memory, by REST: what routes may be like, without a module's own business. */
export interface Probe {
  registry: Registry;
  notes: string[];
  /** Held up until this is released, and failing while this is set. */
  holdUp?: Promise<void>;
  failure?: Error;
}

const Note = z.object({ id: z.int(), text: z.string() }).meta({ id: "Note" });

/** All modules, and one whose routes a test has in its hand. */
export function aProbe(): Probe {
  const probe: Probe = { registry, notes: [] };
  const read = defineRoute({
    method: "get",
    path: "/v1/notes/{id}",
    summary: "Read a note",
    access: "public",
    params: z.object({ id: z.coerce.number().int().min(0).max(1_000) }),
    reply: Note,
    async run(_, { params: { id } }) {
      const text = probe.notes[id];
      if (text === undefined) throw new NotFound("note", String(id));
      return { id, text };
    },
  });
  const write = defineRoute({
    method: "post",
    path: "/v1/notes",
    summary: "Write a note",
    access: "notes:write",
    errors: ["CONFLICT", "NOT_CONFIGURED"],
    body: z.object({ text: z.string().min(1).max(100) }),
    reply: Note,
    status: 201,
    async run(_, { body: { text } }) {
      await probe.holdUp;
      if (probe.failure) throw probe.failure;
      const id = probe.notes.push(text) - 1;
      return { id, text };
    },
  });
  const listNotes = defineRoute({
    method: "get",
    path: "/v1/notes.txt",
    summary: "All notes, one a line",
    access: "public",
    media: "text/plain",
    reply: z.string(),
    run: async () => `${probe.notes.join("\n")}\n`,
  });
  const showKey = defineRoute({
    method: "post",
    path: "/v1/notes/key",
    summary: "Make a key to the notes",
    access: "notes:write",
    secret: true,
    reply: z.object({ key: z.string() }),
    run: async () => ({ key: "opens everything" }),
  });
  const clear = defineRoute({
    method: "delete",
    path: "/v1/notes",
    summary: "Forget all notes",
    access: "notes:write",
    async run() {
      probe.notes.length = 0;
    },
  });
  const notes: ModuleDefinition = defineModule({
    slug: "notes",
    name: "Notes",
    version: "1.0.0",
    permissions: [{ name: "notes:write", description: "Write notes.", roles: [] }],
    routes: [read, write, listNotes, showKey, clear],
  });
  probe.registry = assemble([...registry.modules, notes]);
  return probe;
}
