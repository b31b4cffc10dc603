/** Asks a server's GraphQL. Throws when the answer has errors. */
export type Ask = <Data>(query: string, variables?: Record<string, unknown>) => Promise<Data>;

/** As the bearer of the token, or as anybody. */
export function graphql(url: string, token?: string): Ask {
  return async <Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> => {
    const response = await fetch(`${url}/api/graphql`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
}
