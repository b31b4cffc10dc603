import { escapeHtml } from "#kernel/mail/escape-html";

const style = {
  body: "margin:0;padding:24px;background:#f4f4f2;color:#222;font:16px/1.5 system-ui,sans-serif",
  card: "max-width:36em;margin:0 auto;padding:24px;background:#fff;border-radius:8px",
  head: "margin:0 0 16px;font-size:14px;color:#666",
};

/** The page around every mail; mail programs heed styles on the elements alone. */
export const inLayout = (given: { site: string; locale: string; content: string }): string =>
  `<!doctype html>
<html lang="${escapeHtml(given.locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="${style.body}">
<div style="${style.card}">
<p style="${style.head}">${escapeHtml(given.site)}</p>
${given.content}
</div>
</body>
</html>
`;
