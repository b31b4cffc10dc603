import type { Installed } from "#test/process";

/** Sends operations to the server as the demo shop's administrator. */
export interface Administrator {
  /** Undefined when the server died over it, and nobody knows whether it was done. Throws when it was refused. */
  attempt<Data>(query: string, variables?: Record<string, unknown>): Promise<Data | undefined>;
  /** The same person, asking at another server of the installation. */
  at(server: Installed): Administrator;
}

/** Signs in with the password on the page of the first start. */
export async function signIn(rustok: Installed, page: string): Promise<Administrator> {
  const password = /Password\s+(\S+)/.exec(page)?.[1];
  const response = await fetch(`${rustok.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: "admin@demo.example", password }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return asking(rustok, accessToken);
}

function asking(rustok: Installed, accessToken: string): Administrator {
  return {
    async attempt<Data>(query: string, variables: Record<string, unknown> = {}) {
      try {
        const answer = await fetch(`${rustok.url}/api/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` },
          body: JSON.stringify({ query, variables }),
          signal: AbortSignal.timeout(30_000),
        });
        const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
        if (errors) throw new Error(JSON.stringify(errors));
        return data;
      } catch (error) {
        // A connection that was refused or broken, an answer that was cut short.
        if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    at: (server) => asking(server, accessToken),
  };
}
