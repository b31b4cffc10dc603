import { createTransport } from "nodemailer";
import { type Check, fault, ok, type Patient, warning } from "./checkup.ts";

/** What tests and images run on. */
const testedNode = 24;

export const node: Check = {
  name: "node",
  remedy: "",
  look: async () => [
    Number.parseInt(process.versions.node, 10) >= testedNode
      ? ok(`Node ${process.versions.node}`)
      : warning(
          `Node ${process.versions.node} is older than what RusTok is tested on`,
          `Run it on Node ${testedNode}; npm scripts do by themselves.`,
        ),
  ],
};

const gigabyte = 1024 ** 3;

/** Where the server itself writes: the embedded database and mails. What an external database has is not to be seen from here. */
export const disk: Check = {
  name: "disk",
  remedy: "Make RUSTOK_HOME a folder that can be written.",
  async look({ config, freeBytes }) {
    const free = await freeBytes(config.home);
    const what = `${(free / gigabyte).toFixed(1)} GB free for ${config.home}`;
    const remedy = "Make room, or set RUSTOK_HOME to a folder on another disk.";
    if (config.database.url)
      return [ok(`${what}; the database's own disk is its operator's to watch`)];
    if (free < gigabyte / 4) return [fault(what, remedy)];
    return [free < 2 * gigabyte ? warning(what, remedy) : ok(what)];
  },
};

export const mail: Check = {
  name: "mail",
  remedy: "Make SMTP_URL reach a mail server that takes the login.",
  async look({ config }) {
    const { smtpUrl } = config.mail;
    if (!smtpUrl) {
      return [
        config.production
          ? warning(
              "no mails are sent",
              "Set SMTP_URL and MAIL_FROM; people cannot reset passwords.",
            )
          : ok("mails are files in RUSTOK_HOME/mail"),
      ];
    }
    const transport = createTransport({
      url: smtpUrl,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
    });
    try {
      await transport.verify();
    } finally {
      transport.close();
    }
    return [ok(`SMTP at ${new URL(smtpUrl).host}`)];
  },
};

const guessable = new Set(["", "postgres", "password", "rustok", "secret", "admin", "changeme"]);

/** What the configuration itself refuses is found before this. */
export const secrets: Check = {
  name: "secrets",
  remedy: "",
  look: async ({ config, databaseUrl }: Patient) => {
    if (!config.production) return [ok("development's own")];
    const { password } = new URL(databaseUrl);
    const findings = [
      guessable.has(decodeURIComponent(password))
        ? fault(
            "the database's password can be guessed, or there is none",
            "Give the login of DATABASE_URL a random one: openssl rand -hex 32",
          )
        : undefined,
      config.metricsToken
        ? undefined
        : warning(
            "nobody may read /metrics",
            "Set METRICS_TOKEN to a random one, and give it to Prometheus.",
          ),
      config.database.ownerUrl !== config.database.url
        ? warning(
            "this process knows who owns the tables",
            "Give DATABASE_OWNER_URL to `rustok migrate` alone.",
          )
        : undefined,
    ].filter((finding) => finding !== undefined);
    return findings.length > 0 ? findings : [ok("none that is known or can be guessed")];
  },
};
