import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import type { JobStatus, QueueJob, QueueJobJson } from "@bull-board/api/typings/app";
import { LRUCache } from "lru-cache";
import type { JobData } from "#kernel/jobs/job";
import type { FindTenant } from "#kernel/tenancy/find-tenants";
import type { BoardQueue } from "./admin-side.ts";

/** By id. bull-board writes jobs without waiting for anything, so names are known before it is handed any. */
export type TenantNames = LRUCache<string, string>;

/** As long as a tenant that was renamed, suspended or deleted is shown as before. */
const rememberedMs = 5_000;

export const tenantNames = (): TenantNames => new LRUCache({ max: 10_000, ttl: rememberedMs });

/** A queue as the dashboard shows it: whose each job is, what asked for it, and nothing that is secret. */
export class ShownQueue extends BullMQAdapter {
  readonly #names: TenantNames;
  readonly #find: FindTenant;

  constructor(
    queue: BoardQueue,
    known: { find: FindTenant; names: TenantNames; description: string },
  ) {
    const options = {
      displayName: titleOf(queue.name),
      description: known.description,
      // What is done would be done again to no effect.
      allowCompletedRetries: false,
      externalJobUrl: (job: QueueJobJson) => this.#traceOf(job),
    };
    super(queue as never, options);
    this.#names = known.names;
    this.#find = known.find;
    this.setFormatter("name", (job: QueueJobJson) => this.#nameOf(job));
    this.setFormatter("data", (data: Partial<JobData>) => this.#shown(data));
    this.setFormatter("returnValue", masked);
  }

  override async getJob(id: string) {
    const job = await super.getJob(id);
    if (job) await this.#learn([job]);
    return job;
  }

  override async getJobs(states: JobStatus[], start?: number, end?: number) {
    const jobs = await super.getJobs(states, start, end);
    await this.#learn(jobs);
    return jobs;
  }

  async #learn(jobs: QueueJob[]): Promise<void> {
    const ids = new Set(jobs.flatMap((job) => tenantIdOf(job.toJSON()) ?? []));
    const unknown = [...ids].filter((id) => !this.#names.has(id));
    await Promise.all(
      unknown.map(async (id) => {
        const tenant = await this.#find({ id });
        const state = tenant?.status === "suspended" ? " (suspended)" : "";
        this.#names.set(id, tenant ? `${tenant.slug}${state}` : `a deleted tenant (${id})`);
      }),
    );
  }

  /** What is done, and for whom. */
  #nameOf(job: QueueJobJson): string {
    const tenantId = tenantIdOf(job);
    const whose = tenantId === undefined ? "" : ` · ${this.#names.get(tenantId) ?? tenantId}`;
    return `${titleOf(job.name)}${whose}`;
  }

  #shown({ tenantId, eventIds, payload, ...more }: Partial<JobData>): unknown {
    if (tenantId === undefined) return masked(more);
    return {
      tenant: this.#names.get(tenantId) ?? tenantId,
      tenantId,
      events: eventIds,
      payload: masked(payload),
    };
  }

  /** The way of the first of its events; of the others by their ids. */
  #traceOf(job: QueueJobJson): { displayText: string; href: string } {
    const { tenantId = "", eventIds = [] } = (job.data ?? {}) as Partial<JobData>;
    const [slug = ""] = (this.#names.get(tenantId) ?? "").split(" ");
    const [id, ...more] = eventIds;
    if (id === undefined) return { displayText: "Trace", href: "/admin/trace" };
    return {
      displayText: `Trace ${id}${more.length > 0 ? ` and ${more.length} more` : ""}`,
      href: `/admin/trace/${id}?tenant=${encodeURIComponent(slug)}`,
    };
  }
}

const tenantIdOf = ({ data }: QueueJobJson): string | undefined =>
  (data as Partial<JobData> | undefined)?.tenantId;

/** `index-products` is "Index products" to people. */
export const titleOf = (name: string): string =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll("-", " ");

/** Names of what nobody is to read over somebody's shoulder. */
const secretive =
  /password|passwd|secret|token|authorization|cookie|api-?_?key|credential|private/i;

/** The same value without what is secret by its name. */
export function masked(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(masked);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretive.test(name) && inner !== null ? "[masked]" : masked(inner),
    ]),
  );
}
