import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import { describe } from "vitest";
import { afterwards } from "./afterwards.ts";

const binary = process.env["CHROMIUM_BIN"] || "/usr/bin/chromium";

const none = !existsSync(binary);
const skipped = "skipped: no Chromium";
if (none) process.stderr.write(`${skipped}\n`);

const group: (name: string, options: { skip: boolean }, body: () => void) => void = describe;

/** As `describe`, but skipped, saying so, where there is no browser. */
export function describeBrowser(name: string, body: () => void): void {
  group(none ? `${name} (${skipped})` : name, { skip: none }, body);
}

let opened: Promise<Browser> | undefined;

/** The browser of this test file; gone at its end. */
export function theBrowser(): Promise<Browser> {
  return (opened ??= open());
}

async function open(): Promise<Browser> {
  // As root there is no sandbox to be had.
  const browser = await chromium.launch({ executablePath: binary, args: ["--no-sandbox"] });
  afterwards(() => browser.close());
  return browser;
}
