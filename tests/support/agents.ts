import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { sealAudit } from '#kernel/audit.ts';
import { openDb } from '#kernel/db.ts';
import type { Constellation } from '../../roles/constellation.ts';
import type { DevelopmentIssuer, TokenWish } from '../../roles/tokens.ts';
import type { TwoClients } from './twoClients.ts';

type Door = Pick<Constellation, 'url'> & { issuer: DevelopmentIssuer };

// biome-ignore lint/suspicious/noExplicitAny: a client's view of JSON
type Json = any;

export type AgentAnswer = {
  isError: boolean;
  says: string;
  data: Json;
  errors: { code: string; message: string; retryable: boolean; field?: string }[];
  text: string;
};

type Way = { path?: string; mode?: 'legacy' | 'auto'; headers?: Record<string, string> };

/** The address of the tools of a gateway. */
export const mcpAddress = ({ url }: Pick<Door, 'url'>, path = '/mcp'): URL => new URL(path, url);

/** An agent with a token, by the official client. */
export async function agentOf(door: Door, who: TokenWish | string, { path, mode = 'auto', headers = {} }: Way = {}) {
  const token = typeof who === 'string' ? who : await door.issuer.token(who);
  const client = new Client({ name: 'an agent', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(mcpAddress(door, path), { requestInit: { headers: { authorization: `Bearer ${token}`, ...headers } } }),
  );
  return {
    client,
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name: string, input: Record<string, unknown> = {}): Promise<AgentAnswer> => {
      const { isError, content, structuredContent } = await client.callTool({ name, arguments: input });
      const texts = content.flatMap((each) => (each.type === 'text' ? [each.text] : []));
      const structured = (structuredContent ?? {}) as Json;
      return {
        ...{ isError: isError === true, says: texts[0] ?? '', text: texts.join('\n') },
        ...{ data: structured.data ?? structured, errors: structured.errors ?? [] },
      };
    },
    [Symbol.asyncDispose]: () => client.close(),
  };
}

export type Agent = Awaited<ReturnType<typeof agentOf>>;

/** A message as any client could send it. */
export async function rawMessage(door: Door, body: unknown, headers: Record<string, string>, path?: string) {
  const accept = 'application/json, text/event-stream';
  const response = await fetch(mcpAddress(door, path), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

type Invoice = { id: string; number: string; customer: { id: string }; lines: { nodes: { id: string; amount: { amount: string } }[] } };
type Exception = { id: string; version: number; status: string; owner: string; dismissalReason: string | null };

/** What the firm sees of the things that agents ask for. */
export function agentViews(world: () => TwoClients) {
  const exception = 'id version status owner dismissalReason';
  return {
    /** The posted invoice of a client. */
    postedOf: async (which: 'a' | 'b'): Promise<Invoice> => {
      const { invoices } = await world().ok(
        '{ invoices(first: 20) { nodes { id number customer { id } lines(first: 20) { nodes { id amount { amount } } } } } }',
      );
      return invoices.nodes.find(({ id }: Invoice) => id === world().billed[which].postedInvoice);
    },
    /** An exception of a client that is open. */
    exceptionOf: async (which: 'a' | 'b'): Promise<Exception> => {
      const query = `query ($filter: ProcessExceptionFilter) { operations { exceptions(filter: $filter) { nodes { ${exception} } } } }`;
      const { operations } = await world().ok(query, { filter: { statuses: ['OPEN'], customerIds: [world().clients[which].id] } });
      return operations.exceptions.nodes[0];
    },
    stateOf: async (id: string): Promise<Exception> => {
      const { operations } = await world().ok(`query ($id: ID!) { operations { exception(id: $id) { ${exception} } } }`, { id });
      return operations.exception;
    },
    /** What stands in the audit, sealed. */
    audited: async (): Promise<Record<string, unknown>[]> => {
      await using open = openDb({ url: world().databaseUrl, name: 'audit', max: 1, scope: 'command' });
      while ((await sealAudit(open.db)) > 0);
      const rows = await world().sql`select entry from log.audit order by position`;
      return rows.map(({ entry }) => JSON.parse(entry));
    },
  };
}
