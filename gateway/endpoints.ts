import { Refused } from '#kernel/errors.ts';
import type { Identity } from './auth.ts';
import { type ContractName, contractNames, ownContractOf } from './contracts.ts';

/** Where operations come in, by HTTP, WebSocket and SSE alike: the whole graph, and below the name of each contract what that shows. */
export type Endpoint = { path: string; contract: ContractName | undefined; documentId: string | undefined };

const graphql = new RegExp(`^(/(?:(${contractNames.join('|')})/)?graphql)(?:/(.+))?$`);
const schema = new RegExp(`^/(?:(${contractNames.join('|')})/)?schema\\.graphql$`);

const mcp = new RegExp(`^/(?:(${contractNames.join('|')})/)?mcp$`);

export const graphqlPath = '/graphql';

/** The endpoint at a path; undefined where there is none. Behind it may stand the name of a document. */
export function endpointAt(pathname: string): Endpoint | undefined {
  const [, path, contract, documentId] = graphql.exec(pathname) ?? [];
  return path === undefined ? undefined : { path, contract: contract as ContractName | undefined, documentId: documentId && decoded(documentId) };
}

/** The contract whose schema stands at a path as text. */
export function schemaAt(pathname: string): { contract: ContractName | undefined } | undefined {
  const found = schema.exec(pathname);
  return found ? { contract: found[1] as ContractName | undefined } : undefined;
}

/** The contract at whose address agents come in for tools; undefined where there is no such address. */
export function mcpAt(pathname: string): { contract: ContractName | undefined } | undefined {
  const found = mcp.exec(pathname);
  return found ? { contract: found[1] as ContractName | undefined } : undefined;
}

/** What is no text is the name of nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whoever comes in at a contract works on it, whatever more they may see elsewhere; whose token has a contract of its own, on no other. */
export function identityAt(contract: ContractName | undefined, identity: Identity): Identity {
  if (contract === undefined) return identity;
  const own = ownContractOf(identity.actor);
  if (own !== undefined && own !== contract) throw new Refused('FORBIDDEN', `This token works on the ${own} contract: ask at /${own}/graphql or /graphql.`);
  return { ...identity, actor: { ...identity.actor, contract } };
}
