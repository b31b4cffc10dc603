import { describe, expect, test } from "vitest";
import { render } from "../../../src/modules/content/body.ts";

/** An attack in Markdown, and what readers get of it. */
const attacks: [string, string][] = [
  ["<script>alert(1)</script>", ""],
  ["Hi <img src=x onerror=alert(1)>", '<p>Hi <img src="x" /></p>\n'],
  ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"],
  ["[x](<javascript:alert(1)>)", "<p>[x](&lt;javascript:alert(1)&gt;)</p>\n"],
  ["[x](&#106;avascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"],
  ["<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>\n"],
  [
    '![x](https://example.com/a.jpg "t" onerror=alert(1))',
    '<p>![x](<a href="https://example.com/a.jpg">https://example.com/a.jpg</a> "t" onerror=alert(1))</p>\n',
  ],
  [
    '[x](https://example.com/"onmouseover="alert(1))',
    '<p><a href="https://example.com/%22onmouseover=%22alert(1)">x</a></p>\n',
  ],
  ["[x]: javascript:alert(1)\n\n[x]", "<p>[x]: javascript:alert(1)</p>\n<p>[x]</p>\n"],
  ['<a href="data:text/html,<script>alert(1)</script>">x</a>', "<p><a>x</a></p>\n"],
  ['<iframe src="https://evil.example"></iframe>', ""],
  ["`<script>alert(1)</script>`", "<p><code>&lt;script&gt;alert(1)&lt;/script&gt;</code></p>\n"],
  ["```js onload=alert(1)\n1\n```", '<pre><code class="language-js">1\n</code></pre>\n'],
  [
    '```"><script>alert(1)</script>\n1\n```',
    '<pre><code class="language-&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">1\n</code></pre>\n',
  ],
];

describe("Markdown", () => {
  test.each(attacks)("%s is disarmed, its source kept", (source, html) => {
    expect(render({ format: "markdown", source })).toEqual({ format: "markdown", source, html });
  });

  test("becomes headings, emphasis, lists, tables, code and links", () => {
    const source = [
      "# Care",
      "Wash *warm*, **not** ~~hot~~. See https://example.com or [more](/care).",
      "1. One",
      "\n| Size | cm |\n| --- | --- |\n| S | 40 |",
      "\n```ts\n1 < 2\n```",
    ].join("\n");
    expect(render({ format: "markdown", source }).html).toBe(
      [
        "<h1>Care</h1>",
        '<p>Wash <em>warm</em>, <strong>not</strong> <s>hot</s>. See <a href="https://example.com">https://example.com</a> or <a href="/care">more</a>.</p>',
        "<ol>\n<li>One</li>\n</ol>",
        "<table>\n<thead>\n<tr>\n<th>Size</th>\n<th>cm</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>S</td>\n<td>40</td>\n</tr>\n</tbody>\n</table>",
        '<pre><code class="language-ts">1 &lt; 2\n</code></pre>\n',
      ].join("\n"),
    );
  });

  // Renderers that look ahead from every mark take minutes for these, and all tenants wait meanwhile.
  test.each(["_a__", "[", "- a\n", ">"])("of nothing but %j is rendered in time", (scrap) => {
    const source = scrap.repeat(100_000 / scrap.length);
    const start = performance.now();
    render({ format: "markdown", source });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});

describe("HTML", () => {
  test("is kept sanitised, source and all", () => {
    const source = '<p onclick="alert(1)">Hi<script>alert(1)</script></p>';
    expect(render({ format: "html", source })).toEqual({
      format: "html",
      source: "<p>Hi</p>",
      html: "<p>Hi</p>",
    });
  });

  test("that was kept renders as itself", () => {
    const kept = render({ format: "html", source: "<ul><li>a &amp; b<li>c" });
    expect(render(kept)).toEqual(kept);
  });

  test("is not read as Markdown", () => {
    expect(render({ format: "html", source: "*not emphasised*" }).html).toBe("*not emphasised*");
  });
});
