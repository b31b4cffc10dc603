import type { Socket } from "node:net";
import type { Redis } from "ioredis";
import pg from "pg";
import { as } from "#kernel/database/database";
import { tenantChannel } from "./keys.ts";

/** A way by which changes are heard of. */
export interface Channel {
  name: "PostgreSQL" | "Redis";
  /** Rejects when there is no answer within `beatMs`. `fail` is called when the connection is lost. */
  open(
    hear: (message: string) => void,
    fail: (error: Error) => void,
    beatMs: number,
  ): Promise<OpenChannel>;
}

export interface OpenChannel {
  /** Rejects when there is no answer within the beat: a connection may be dead and nobody says so. */
  ping(): Promise<unknown>;
  close(): void;
}

/** Begins the name of a connection that says, too, how many its process may open. */
export const connectionsAnnounced = "rustok tenants, connections: ";
export const announcedConnections = (name: string) =>
  Number(name.slice(connectionsAnnounced.length)) || 0;

/**
 * What the database itself says as a change commits. Every process has this connection for as long as it
 * runs, so it also tells the others how many `connections` there may be of it.
 */
export function postgresChannel(url: string, connections?: number): Channel {
  return {
    name: "PostgreSQL",
    async open(hear, fail, beatMs) {
      const client = new pg.Client({
        connectionString: url,
        options: as("rustok_app"),
        application_name:
          connections === undefined ? "rustok tenants" : `${connectionsAnnounced}${connections}`,
        connectionTimeoutMillis: beatMs,
        query_timeout: beatMs,
      });
      const close = () => {
        // An orderly end would wait for an answer from whom there may be none.
        (client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
      };
      client.on("error", fail);
      client.on("end", () => fail(new Error("the connection has ended")));
      client.on("notification", ({ payload }) => hear(payload ?? ""));
      try {
        await client.connect();
        await client.query(`listen "${tenantChannel}"`);
      } catch (error) {
        close();
        throw error;
      }
      return { ping: () => client.query("select 1"), close };
    },
  };
}

/** What other processes pass on. */
export function redisChannel(redis: Redis): Channel {
  return {
    name: "Redis",
    async open(hear, fail, beatMs) {
      const subscriber = redis.duplicate({
        lazyConnect: true,
        connectTimeout: beatMs,
        commandTimeout: beatMs,
        // Whoever listens begins anew after a loss, and has to know of it.
        retryStrategy: () => null,
        autoResubscribe: false,
        connectionName: "rustok-tenants",
      });
      const close = () => subscriber.disconnect();
      subscriber.on("error", fail);
      subscriber.on("end", () => fail(new Error("the connection has ended")));
      subscriber.on("message", (_, message) => hear(message));
      try {
        await subscriber.connect();
        await subscriber.subscribe(tenantChannel);
      } catch (error) {
        close();
        throw error;
      }
      return { ping: () => subscriber.ping(), close };
    },
  };
}
