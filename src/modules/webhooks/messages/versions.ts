/** What messages may look like, the latest last. An endpoint keeps the one it was made with until somebody changes it. */
export const apiVersions = ["2026-11-23"] as const;
export type ApiVersion = (typeof apiVersions)[number];

export const latestVersion = apiVersions[apiVersions.length - 1] as ApiVersion;
