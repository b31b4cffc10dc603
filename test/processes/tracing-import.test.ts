import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** The packages of OpenTelemetry that a process has loaded once all its roles are. */
function loadedBy(environment: Record<string, string>): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({
      load(url, context, next) {
        const found = /node_modules\\/(@opentelemetry\\/[^/]+)/.exec(url);
        if (found) loaded.add(found[1]);
        return next(url, context);
      },
    });
    await import("./src/commands/start.ts");
    const { openTracing } = await import("./src/processes/tracing/open-tracing.ts");
    const { loadConfig } = await import("./config/index.ts");
    await openTracing(loadConfig().tracing, { warn() {}, info() {} });
    console.log(JSON.stringify([...loaded]));
    process.exit(0);`;
  const said = execFileSync(
    "node_modules/.bin/node",
    ["--import", "tsx", "--conditions=source", "--input-type=module", "-e", program],
    { encoding: "utf8", env: { ...process.env, ...environment } },
  );
  return JSON.parse(said) as string[];
}

test("nothing that traces is loaded where nobody wants traces", () => {
  expect(loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: "" })).toEqual([]);
  const wanted = loadedBy({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  expect(wanted).toContain("@opentelemetry/sdk-trace");
  expect(wanted).toContain("@opentelemetry/exporter-trace-otlp-http");
}, 120_000);
