import { Cursor } from "@mikro-orm/postgresql";
import { ArgsType, Field, Int, ObjectType, type ClassType } from "type-graphql";
import { z } from "zod";
import { BadUserInput } from "#kernel/errors";
import { ValidatedBy } from "./validation.ts";

/** How many entries a page may hold. */
export const pageLimit = 100;

/** Forward paging as Relay has it. */
@ValidatedBy(
  z.object({
    first: z.int().min(1).max(pageLimit),
    after: z.string().max(1_000).nullish(),
  }),
)
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `At most ${pageLimit}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: "The `endCursor` of the page before." })
  after?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

export interface Connection<Node> {
  edges: Edge<Node>[];
  pageInfo: PageInfo;
  /** A function where counting costs something and is done only for those who ask. */
  totalCount: number | (() => Promise<number>);
}

/** The GraphQL types `<name>Connection` and `<name>Edge` for a node type. */
export function connectionOf<Node extends object>(
  node: () => ClassType<Node>,
  name: string,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true })
  class EdgeType {
    @Field(() => String)
    cursor!: string;

    @Field(() => node())
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true })
  class ConnectionType {
    @Field(() => [EdgeType])
    edges!: EdgeType[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    totalCount!: number | (() => Promise<number>);

    @Field(() => Int, { name: "totalCount" })
    count(): number | Promise<number> {
      return typeof this.totalCount === "function" ? this.totalCount() : this.totalCount;
    }
  }
  return ConnectionType;
}

/**
 * What a page asks of the ORM's `findByCursor`, for a list in the given order.
 * Throws BAD_USER_INPUT for a cursor that is not of this order: the ORM would start over with it.
 */
export function paged<Order extends object>({ first, after }: PageArgs, orderBy: Order) {
  if (!after) return { first, orderBy };
  if (!isCursor(after, Object.keys(orderBy))) {
    throw BadUserInput.at(["after"], "is not a cursor of this list");
  }
  return { first, after, orderBy };
}

/** Whether the text stands for values of these columns to continue after. Positions are numbers; else a list's order is of texts, moments and ids. */
function isCursor(text: string, columns: string[]): boolean {
  try {
    const decoded: unknown = Cursor.decode(text);
    return (
      Array.isArray(decoded) &&
      decoded.length === columns.length &&
      columns.every((column, index) => {
        const value: unknown = decoded[index];
        return typeof value === (column === "position" ? "number" : "string");
      })
    );
  } catch {
    return false;
  }
}

/** A page that the ORM found, with each entity turned into its view. */
export function toConnection<Entity extends object, Node>(
  page: Pick<
    Cursor<Entity>,
    "items" | "from" | "hasNextPage" | "hasPrevPage" | "startCursor" | "endCursor"
  > & { totalCount?: Connection<Node>["totalCount"] },
  view: (entity: Entity) => Node,
): Connection<Node> {
  return {
    edges: page.items.map((entity) => ({ cursor: page.from(entity as never), node: view(entity) })),
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPrevPage,
      startCursor: page.startCursor,
      endCursor: page.endCursor,
    },
    totalCount: page.totalCount ?? page.items.length,
  };
}
