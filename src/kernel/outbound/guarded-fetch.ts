import { Agent, fetch as send } from "undici";
import { literalOf, mayReach, type Range } from "./addresses.ts";
import { AddressRefused, guarded, resolveName } from "./resolve.ts";

/**
 * A `fetch` that reaches public addresses alone, and those allowed: for requests to where somebody else
 * says. It rejects with {@link AddressRefused} otherwise.
 */
export function guardedFetch(allowed: readonly Range[]): typeof fetch {
  const lookup = guarded(resolveName, allowed);
  const dispatcher = new Agent({ connect: { lookup } });
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const literal = literalOf(url);
    if (literal && !mayReach(literal, allowed)) throw new AddressRefused();
    // The package's types and the platform's are the same in all but name.
    return (await send(url, { ...init, dispatcher } as never)) as unknown as Response;
  };
}
