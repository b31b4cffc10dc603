import type { LookupAddress } from "node:dns";
import { lookup, Resolver } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { mayReach, type Range } from "./addresses.ts";

/** All addresses of a host's name, in the order in which to try them. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

type Tell = Parameters<LookupFunction>[2];

/** The name leads to where requests may not be sent. The message is for whoever set the URL, so it names no address. */
export class AddressRefused extends Error {
  override name = "AddressRefused";

  constructor() {
    super("The host has an address that requests may not be sent to.");
  }
}

/** The name leads nowhere. */
export class NoAddress extends Error {
  override name = "NoAddress";

  constructor(host: string) {
    super(`There is no address of ${host}.`);
  }
}

const patient = { timeout: 2_000, tries: 2 };

/**
 * Asks the name servers. The system's own look-up would do it in one of four threads of the process, and a
 * few names whose servers do not answer would hold up everybody's; it is asked for names without a dot,
 * which are of the operator's own network.
 */
export const resolveName: Resolve = async (host) => {
  if (!host.replace(/\.$/, "").includes(".")) return lookup(host, { all: true });
  const resolver = new Resolver(patient);
  const found = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  return found.flatMap((answer, index) =>
    answer.status === "fulfilled"
      ? answer.value.map((address) => ({ address, family: index === 0 ? 4 : 6 }))
      : [],
  );
};

/**
 * A look-up for `net.connect`, which connects to nothing but what this answers: the addresses that are
 * judged are those connected to, however soon the name's answer changes. One forbidden address among
 * them and there is no answer.
 */
export function guarded(resolve: Resolve, allowed: readonly Range[]): LookupFunction {
  async function judged(host: string): Promise<LookupAddress[]> {
    const found = await resolve(host);
    if (found.length === 0) throw new NoAddress(host);
    if (!found.every(({ address }) => mayReach(address, allowed))) throw new AddressRefused();
    return found;
  }

  async function look(host: string, all: boolean, tell: Tell): Promise<void> {
    let found: LookupAddress[];
    try {
      found = await judged(host);
    } catch (error) {
      return tell(error as NodeJS.ErrnoException, []);
    }
    const [first] = found;
    return all ? tell(null, found) : tell(null, first?.address ?? "", first?.family);
  }

  return (host, options, callback) => void look(host, options.all ?? false, callback);
}
