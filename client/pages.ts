import type { Variables } from './document.ts';
import { AccordError } from './errors.ts';

/** As much of a connection as is needed to go on. */
export type Connection<Node> = {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null | undefined };
};

export type Pages<Data, Node, Given> = {
  variables?: Given | undefined;
  /** The connection in the answer. */
  connection: (data: Data) => Connection<Node>;
  /** The variable that takes the cursor (default `after`). */
  cursor?: string | undefined;
  signal?: AbortSignal | undefined;
};

/** The nodes of all pages. The next page is asked for when the last node of the one before is taken. */
export async function* pagesOf<Data, Node, Given>(
  ask: (variables: Variables) => Promise<Data>,
  { variables, connection, cursor = 'after' }: Pages<Data, Node, Given>,
): AsyncGenerator<Node, void, undefined> {
  const given = variables as Variables | undefined;
  for (let after = given?.[cursor]; ; ) {
    const { nodes, pageInfo } = connection(await ask({ ...given, [cursor]: after }));
    yield* nodes;
    if (!pageInfo.hasNextPage) return;
    if (!pageInfo.endCursor || pageInfo.endCursor === after) {
      throw new AccordError('PROTOCOL', `The next page is like this one: does the document select pageInfo { endCursor }, and take $${cursor}?`);
    }
    after = pageInfo.endCursor;
  }
}
