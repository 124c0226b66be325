import type { Visitor } from '#gateway/graphiql.ts';
import type { DevelopmentIssuer } from './tokens.ts';

type Person = { id: string; name: string };

export type Known = { customerId: string; customerName: string; projectId: string; manager: Person; consultant: Person | undefined };

/** A ready token for each role; what a portal or a person is confined to comes from the firm in the database. */
export async function readyTokens(issuer: DevelopmentIssuer, known: Known | undefined): Promise<Record<string, string>> {
  const wishes = {
    ...(known ? { portal: { customerIds: [known.customerId] } } : {}),
    psa: { system: 'psa' },
    crm: { system: 'crm' },
    hr: { system: 'hr' },
    finance: {},
    manager: known ? { employeeId: known.manager.id } : {},
    // Nobody approves what is their own: the two are two people where there are two.
    consultant: known ? { employeeId: (known.consultant ?? known.manager).id } : {},
    analyst: {},
    support: {},
    admin: {},
  };
  const entries = await Promise.all(Object.entries(wishes).map(async ([role, wish]) => [role, await issuer.token({ role, ...wish })] as const));
  return Object.fromEntries(entries);
}

/** Those whom the page for people offers, whoever may do everything first. */
export async function visitorsOf(issuer: DevelopmentIssuer, known: Known | undefined): Promise<Visitor[]> {
  const tokens = Object.entries(await readyTokens(issuer, known)).map(([role, token]) => ({ name: `${role}${whoIs(role, known)}`, token }));
  return tokens.reverse();
}

/** What a newcomer reads after a start: where it is, who they can be, and three things to try. */
export function welcome({
  url,
  tokens,
  known,
  seconds,
}: {
  url: string;
  tokens: Readonly<Record<string, string>>;
  known: Known | undefined;
  seconds: number;
}): string {
  const lines = ['', 'Development tokens (loopback only, 12 hours):'];
  for (const [role, token] of Object.entries(tokens)) lines.push('', `  ${role}${whoIs(role, known)}`, `  ${token}`);
  lines.push('', 'Other roles, such as migration, which brings a firm with its history: npm run token -- --role migration');
  // What is read first after a start is what stands last.
  const ready = `Accord is ready at ${url} (in ${seconds.toFixed(1)} s). Open it in a browser for GraphiQL. Ctrl-C stops everything.`;
  return [...lines, '', ...(known ? threeThings(url, tokens) : emptyFirm()), '', ready].join('\n');
}

function whoIs(role: string, known: Known | undefined): string {
  if (!known) return '';
  const names: Readonly<Record<string, string>> = {
    portal: known.customerName,
    manager: known.manager.name,
    consultant: (known.consultant ?? known.manager).name,
  };
  return names[role] ? ` (${names[role]})` : '';
}

function emptyFirm(): string[] {
  return [
    'The firm is empty. Bring your own data in with "npm run import", or start again with a sample: Ctrl-C, then "node main.ts start --fresh".',
    '"{ readiness { ready gaps { code message mutation } } }", asked as admin, says what is missing before it can bill.',
  ];
}

function threeThings(url: string, tokens: Readonly<Record<string, string>>): string[] {
  const post = (role: string, query: string) => [
    `curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${tokens[role]}' \\`,
    `  -d '${JSON.stringify({ query }).replaceAll("'", "'\\''")}'`,
  ];
  const stream = `subscription { businessEvents { type occurredAt actorId customer { name } } }`;
  return [
    'Three things to try. A live subscription first, in a second terminal (SSE; GraphiQL does it over WebSocket):',
    '',
    `curl -sN ${url} -H 'content-type: application/json' -H 'accept: text/event-stream' -H 'authorization: Bearer ${tokens.admin}' \\`,
    `  -d '${JSON.stringify({ query: stream })}'`,
    '',
    'A query, as the portal of a client asks it:',
    '',
    ...post('portal', '{ customers { nodes { name projects(first: 3) { nodes { name status assignments(first: 3) { nodes { employee { name } } } } } } } }'),
    '',
    'A mutation, as a CRM sends it; watch the event arrive:',
    '',
    ...post(
      'crm',
      'mutation { createCustomer(input: { idempotencyKey: "northwind-1", name: "Northwind Advisory" }) { customer { id name status } userErrors { code message } } }',
    ),
  ];
}
