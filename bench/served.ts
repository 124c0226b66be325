import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../roles/database/embedded.ts';
import { prepareDatabase } from '../roles/database/roles.ts';
import { type DevelopmentIssuer, openDevelopmentIssuer } from '../roles/tokens.ts';
import { startInProcess } from './topology.ts';

/** What is asked of a firm; with `variables` it is a mutation. */
export type Question = { name: string; text: string; variables?: Record<string, unknown> };
export type Asked = { ask: (question: Question) => Promise<Record<string, unknown>>; pid: number };
export type Program = Asked & { databaseUrl: string; adminUrl: string; serverPid: number; url: string; tokenOf: DevelopmentIssuer['token'] };

/** An embedded database, filled as wanted, and one process that serves it. */
export async function openProgram(stack: AsyncDisposableStack, fill: (adminUrl: string) => Promise<void> = async () => undefined): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'accord-bench-growth-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // As root, the server runs under another user, who must get in.
  await chmod(folder, 0o755);
  const database = stack.use(await startEmbedded({ folder: join(folder, 'database'), fresh: true, log: () => undefined }));
  await prepareDatabase({ ...database, log: () => undefined });
  await fill(database.adminUrl);
  const data = join(folder, 'program');
  const issuer = await openDevelopmentIssuer({ dataFolder: data, production: false });
  const { url, gateway } = await startInProcess({ databaseUrl: database.url, folder: data, issuer, stack });
  const authorization = `Bearer ${await issuer.token({ role: 'admin' })}`;
  const ask = async ({ name, text, variables }: Question) => {
    const body = JSON.stringify({ query: text, variables });
    const response = await fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
    const { data: answer, errors } = (await response.json()) as { data: Record<string, unknown>; errors?: unknown };
    if (errors) throw new Error(`${name}: ${JSON.stringify(errors).slice(0, 500)}`);
    return answer;
  };
  return { ask, pid: gateway, databaseUrl: database.url, adminUrl: database.adminUrl, serverPid: database.pid, url, tokenOf: issuer.token };
}

/** Mutations take a key of their own each time. */
export function keyed({ variables, ...question }: Question): Question {
  if (!variables) return question;
  const fresh = Object.entries(variables).map(([name, input]) => [name, { ...(input as object), idempotencyKey: randomUUID() }]);
  return { ...question, variables: Object.fromEntries(fresh) };
}

/** What a mutation is given; `type` where its input is not called after it. `select` is what is wanted of the answer beside the errors. */
export type Sent = { name: string; type?: string; input: Record<string, unknown>; select: string };
type Payload = Record<string, unknown> & { failed?: number; userErrors: unknown[] };

/** Sends a mutation under a key of its own; nothing may be refused. */
export async function mutate<Answer>({ ask }: Asked, { name, type, input, select }: Sent): Promise<Answer> {
  const of = type ?? `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const text = `mutation ($input: ${of}!) { ${name}(input: $input) { ${select} userErrors { code field message } } }`;
  const payload = (await ask(keyed({ name, text, variables: { input } })))[name] as Payload;
  if (payload.userErrors.length > 0 || (payload.failed ?? 0) > 0) throw new Error(`${name}: ${payload.failed ?? ''} ${JSON.stringify(payload.userErrors)}`);
  return payload as Answer;
}
