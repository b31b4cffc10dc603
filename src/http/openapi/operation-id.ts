/** `GET /api/v1/tenants/{id}` is `getTenantsById`: stable, and one of a kind as method and path are. */
export function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api(\/v\d+)?(?=\/)/, "")
    .split("/")
    .flatMap((step) => (step.startsWith("{") ? ["by", ...wordsOf(step)] : wordsOf(step)));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

const wordsOf = (step: string) => step.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
