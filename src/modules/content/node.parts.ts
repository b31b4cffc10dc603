import { Body, type Node, NodeCategory, NodeTag, NodeTranslation } from "#entities/content/node";
import { replace } from "#kernel/aggregates/replace";
import type { Transaction } from "#kernel/database/transaction";
import { render, type WrittenBody } from "./body.ts";
import type { CreateNode } from "./node.input.ts";
import type { GivenTranslation } from "./node-translation.input.ts";

/** What a node is made of, to populate. */
export const wholeNode = ["translations", "bodies", "categories", "tags"] as const;

/** Gives the node, new or loaded whole, what is given: lists become the given ones, what is left out stays. */
export function write(
  tx: Transaction,
  node: Node,
  { translations, categoryIds, tagIds, ...fields }: Partial<Omit<CreateNode, "kind" | "status">>,
): void {
  const owner = { node, tenantId: tx.tenant.id };
  tx.em.assign(node, fields, { ignoreUndefined: true });
  if (translations) translate(tx, node, translations);
  if (categoryIds) {
    replace(
      tx,
      node.categories,
      categoryIds.map((categoryId) => ({ categoryId })),
      ({ categoryId }) => categoryId,
      (category) => tx.em.create(NodeCategory, { ...category, ...owner }),
    );
  }
  if (tagIds) {
    replace(
      tx,
      node.tags,
      tagIds.map((tagId) => ({ tagId })),
      ({ tagId }) => tagId,
      (tag) => tx.em.create(NodeTag, { ...tag, ...owner }),
    );
  }
}

function translate(tx: Transaction, node: Node, given: GivenTranslation[]): void {
  const { kind, tenantId } = node;
  const bodies = new Map<string, WrittenBody | undefined>();
  const texts = given.map(({ body, ...text }) => {
    bodies.set(text.locale, body);
    return text;
  });
  replace(
    tx,
    node.translations,
    texts,
    ({ locale }) => locale,
    (text) => tx.em.create(NodeTranslation, { ...text, node, kind, tenantId }),
  );
  node.bodies.remove(({ locale }) => !bodies.has(locale));
  for (const [locale, body] of bodies) if (body) writeBody(tx, node, locale, body);
}

function writeBody(tx: Transaction, node: Node, locale: string, written: WrittenBody): void {
  const body = render(written);
  const known = node.bodies.getItems().find((each) => each.locale === locale);
  if (known) tx.em.assign(known, body);
  else tx.em.create(Body, { ...body, locale, node, tenantId: node.tenantId });
}
