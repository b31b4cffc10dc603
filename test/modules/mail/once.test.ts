import { beforeEach, expect, test } from "vitest";
import type { RequestContext } from "#kernel/context";
import { inTransaction } from "#kernel/database/transaction";
import { newId } from "#kernel/ids";
import { NotToBeRetried } from "#kernel/jobs/job";
import { mailWith } from "#kernel/mail/mailer";
import { type Letter, mails } from "#modules/mail";
import { settled, startBackground } from "#test/background";
import { eventsOf, installation } from "#test/installation";
import { anSmtpServer } from "./an-smtp-server.ts";

const { anEditor, db, owner } = await installation();

let editor: RequestContext;
let letter: Letter;
beforeEach(async () => {
  editor = await anEditor();
  letter = {
    template: "notifications.welcome",
    causeId: newId(),
    to: "ann@example.com",
    locale: "en",
    variables: { name: "Ann <b>& Co</b>" },
  };
});

const post = (given = letter) => inTransaction(editor, (tx) => mails.post(tx, given));
async function onRecord() {
  const { rows } = await owner.query<{
    id: string;
    state: string;
    attempts: number;
    failure: string | null;
    subject: string | null;
    variables: object;
  }>(
    "select id, state, attempts, failure, subject, variables from mails where tenant_id = $1 order by id",
    [editor.tenant.id],
  );
  return rows;
}
async function posted(): Promise<string> {
  await post();
  return (await onRecord())[0]?.id ?? "";
}

test("a mail goes once for its cause, with text and HTML, however often it is posted and its job is done", async () => {
  const { mailer, taken } = await anSmtpServer();
  mailWith(db, mailer);
  const id = await posted();
  await post({ ...letter, to: "ANN@example.com" });
  expect((await eventsOf(editor)).map(({ type }) => type)).toEqual(["mail.requested"]);
  expect(await onRecord()).toMatchObject([{ state: "waiting", attempts: 0 }]);

  await mails.sendPosted(editor, id);
  await mails.sendPosted(editor, id);
  expect(taken).toMatchObject([{ messageId: `<${id}@mail.example>`, to: ["ann@example.com"] }]);
  const raw = taken[0]?.raw ?? "";
  expect(raw).toContain("Content-Type: text/plain");
  expect(raw).toContain("Hello Ann <b>& Co</b>,");
  expect(raw).toContain("Hello Ann &lt;b&gt;&amp; Co&lt;/b&gt;,");
  // What it said is not kept.
  expect(await onRecord()).toMatchObject([
    { state: "sent", attempts: 1, subject: "Welcome to A tenant", variables: {} },
  ]);
});

test("many who do the job at a time send it once", async () => {
  const { mailer, taken } = await anSmtpServer();
  mailWith(db, mailer);
  const id = await posted();
  const done = await Promise.allSettled(
    Array.from({ length: 6 }, () => mails.sendPosted(editor, id)),
  );
  expect(done.some(({ status }) => status === "fulfilled")).toBe(true);
  // Whoever came while it was being sent tries again, and finds it sent.
  await mails.sendPosted(editor, id);
  expect(taken).toHaveLength(1);
});

test("who dies while sending holds a mail up until their lease is over; it is the same mail then", async () => {
  const { mailer, taken } = await anSmtpServer();
  mailWith(db, mailer);
  const id = await posted();
  await mails.sendPosted(editor, id);
  // As it is on record when the server has said yes and we had no time to note it.
  await owner.query(
    `update mails set state = 'sending', sent_at = null, variables = '{"name": "Ann"}',
            leased_until = now() + interval '1 minute' where id = $1`,
    [id],
  );
  await expect(mails.sendPosted(editor, id)).rejects.toThrow("is being sent elsewhere");
  expect(taken).toHaveLength(1);
  await owner.query("update mails set leased_until = now() - interval '1 second' where id = $1", [
    id,
  ]);
  await mails.sendPosted(editor, id);
  expect(taken.map(({ messageId }) => messageId)).toEqual([
    `<${id}@mail.example>`,
    `<${id}@mail.example>`,
  ]);
});

test("a recipient that is refused ends it at once, with what the server said", async () => {
  const { mailer, taken } = await anSmtpServer({
    onRcptTo: (_, __, done) =>
      done(Object.assign(new Error("No such user"), { responseCode: 550 })),
  });
  mailWith(db, mailer);
  const id = await posted();
  await expect(mails.sendPosted(editor, id)).rejects.toThrow(NotToBeRetried);
  expect(taken).toEqual([]);
  expect(await onRecord()).toMatchObject([
    {
      state: "failed",
      attempts: 1,
      failure: expect.stringContaining("550 No such user") as string,
    },
  ]);
});

/** As smtp-server keeps them. */
interface Connection {
  _socket: { destroy(): void };
}

const later: Record<string, () => ReturnType<typeof anSmtpServer>> = {
  "that is busy": () =>
    anSmtpServer({
      onMailFrom: (_, __, done) => done(Object.assign(new Error("Later"), { responseCode: 451 })),
    }),
  "that hangs": () => anSmtpServer({ onMailFrom: () => {} }),
  "that lets nobody in": () =>
    anSmtpServer({
      onConnect: (_, done) => done(Object.assign(new Error("Closed"), { responseCode: 554 })),
    }),
  "that breaks off in the middle": async () => {
    const made = await anSmtpServer({
      onData(stream) {
        stream.on("data", () => {});
        stream.on("end", () => {
          const { connections } = made.server as unknown as { connections: Set<Connection> };
          for (const { _socket: socket } of connections) socket.destroy();
        });
      },
    });
    return made;
  },
  "that is down": async () => {
    const gone = await anSmtpServer();
    await gone.close();
    return gone;
  },
};
for (const [what, server] of Object.entries(later)) {
  test(`a server ${what} is tried again, until one takes the mail`, async () => {
    const { mailer } = await server();
    mailWith(db, mailer);
    const id = await posted();
    const first: unknown = await mails.sendPosted(editor, id).catch((error: unknown) => error);
    expect(first).toBeInstanceOf(Error);
    expect(first).not.toBeInstanceOf(NotToBeRetried);
    expect(await onRecord()).toMatchObject([{ state: "failed", attempts: 1 }]);
    const { mailer: well, taken } = await anSmtpServer();
    mailWith(db, well);
    await mails.sendPosted(editor, id);
    expect(taken).toMatchObject([{ messageId: `<${id}@mail.example>` }]);
    expect(await onRecord()).toMatchObject([{ state: "sent", attempts: 2, failure: null }]);
  });
}

test("through relay and workers it is sent, and a refusal is a dead letter with its reason", async () => {
  const { mailer, taken } = await anSmtpServer({
    onRcptTo: ({ address }, _, done) =>
      done(
        address.startsWith("nobody")
          ? Object.assign(new Error("No such user"), { responseCode: 550 })
          : null,
      ),
  });
  mailWith(db, mailer);
  await owner.query("delete from sys_events");
  const background = await startBackground();
  try {
    await post();
    await settled();
    expect(taken).toHaveLength(1);
    await post({ ...letter, causeId: newId(), to: "nobody@example.com" });
    await expect(settled()).rejects.toThrow("1 jobs are dead letters");
  } finally {
    await background.stop();
  }
  const { rows } = await owner.query<{ job: string; failure: string; attempts: number }>(
    "select job, failure, attempts from event_jobs where tenant_id = $1 and failure is not null",
    [editor.tenant.id],
  );
  expect(rows).toEqual([
    {
      job: "send-mail",
      attempts: 1,
      failure: expect.stringContaining("550 No such user") as string,
    },
  ]);
});
