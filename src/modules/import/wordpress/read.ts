import type { Entry, Source } from "../records.ts";
import { readComments } from "./comment.ts";
import { channelElements } from "./elements.ts";
import { outlineOf } from "./item.ts";
import { readNode } from "./node.ts";
import type { WordpressSurvey } from "./survey.ts";

/**
 * Streams what the export holds: authors, categories and tags, then posts and pages, each followed
 * by its comments. A page may stand before its parent, so the file is read once for every level of
 * pages: most exports have two.
 */
export async function* readWordpress(
  source: Source,
  survey: WordpressSurvey,
  { locale }: { locale: string },
): AsyncGenerator<Entry> {
  yield* survey.terms;
  const depths = new Set([0, ...Array.from(survey.items.values(), (item) => item.depth)]);
  const comments = new Set<string>();
  for (const depth of [...depths].toSorted((one, other) => one - other)) {
    for await (const element of channelElements(source())) {
      const outline = element.name === "item" ? outlineOf(element) : undefined;
      if (!outline) continue;
      const placed = survey.items.get(outline.key);
      if (placed?.line !== outline.line) {
        if (depth === 0) yield { line: outline.line, reason: reasonAgainst(outline.key, placed) };
      } else if (placed.depth === depth) {
        const node = readNode(element, placed, survey, locale);
        yield { line: outline.line, record: node };
        yield* readComments(element, node, comments);
      }
    }
  }
}

function reasonAgainst(key: string, namesake: { line: number } | undefined): string {
  return namesake
    ? `wp:post_id is the same as in line ${namesake.line}`
    : `wp:post_id "${key.replace(/^item:/, "")}" is not a number`;
}
