import { createApp } from "#http/app";
import type { Server } from "#http/server";
import { listen, type Listening } from "./listen.ts";

export type Web = Listening;

/** @throws AddressNotUsable */
export const startWeb = (server: Server, at: { host: string; port: number }): Promise<Web> =>
  listen(createApp(server).callback(), { ...at, setting: "PORT" });
