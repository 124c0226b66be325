import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '#kernel/ids.ts';
import type { TokenWish } from '../../roles/tokens.ts';
import { violations } from '../support/en16931/validate.ts';
import { type Firm, firmAt } from '../support/firmAt.ts';
import { flowWorld } from '../support/flowWorld.ts';

let world: Awaited<ReturnType<typeof flowWorld>>;
let mine: { firm: Firm; id: string; number: string };
let theirs: { firm: Firm; id: string; number: string };
let draft: string;

const address = { lines: ['Keizersgracht 1'], city: 'Amsterdam', postalCode: '1015 CJ', countryCode: 'NL' };

/** A firm with a posted invoice. */
async function billed(name: string) {
  const { graph, settle } = world;
  const firm = await firmAt(graph, { name });
  await graph.done('updateLegalEntity', { id: firm.legalEntityId, postalAddress: address, vatId: 'NL123456789B01' });
  if (name === 'Mine') await graph.done('updateCustomer', { id: firm.customerId, postalAddress: address });
  const drafted = async (day: string) => {
    await firm.approved([day]);
    await settle();
    const wish = { cutOffDate: '2026-03-31', contractIds: [firm.contractId], invoiceDate: '2026-03-31' };
    const { results } = await graph.done('draftInvoices', wish, { select: 'results { invoice { id } userErrors { code } }' });
    return String(results[0].invoice.id);
  };
  const id = await drafted('2026-02-10');
  await graph.done('validateInvoice', { id });
  const { invoice } = await graph.done('postInvoice', { id }, { select: 'invoice { number }' });
  return { firm, id, number: String(invoice.number), drafted };
}

beforeAll(async () => {
  world = await flowWorld();
  const made = await billed('Mine');
  mine = made;
  theirs = await billed('Theirs');
  draft = await made.drafted('2026-02-17');
});
afterAll(() => world[Symbol.asyncDispose]());

const portal = (): TokenWish => ({ role: 'portal', customerIds: [mine.firm.customerId] });

type Asking = { wish?: TokenWish | undefined; headers?: Record<string, string>; method?: string };
async function get(path: string, { wish = portal(), headers = {}, method = 'GET' }: Asking = {}): Promise<Response> {
  return fetch(new URL(path, world.url), { method, headers: { authorization: `Bearer ${await world.token(wish)}`, ...headers } });
}
const at = (id: string, extension = 'html') => `/documents/invoices/${id}.${extension}`;
/** What a refusal says, without what is its own each time. */
const said = async (response: Response) => {
  const { errors }: { errors: { message: string; extensions: { code: string } }[] } = JSON.parse(await response.text());
  return { status: response.status, errors: errors.map(({ message, extensions }) => [message, extensions.code]) };
};

describe('a document', () => {
  test.each([
    ['html', 'text/html; charset=utf-8', 'inline'],
    ['pdf', 'application/pdf', 'attachment'],
    ['xml', 'application/xml; charset=utf-8', 'attachment'],
  ])('comes as %s to the client whose it is, and is theirs alone to keep', async (extension, type, way) => {
    const response = await get(at(mine.id, extension));
    const { headers } = response;
    expect([response.status, headers.get('content-type')]).toEqual([200, type]);
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('vary')).toContain('authorization');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(headers.get('content-disposition')).toBe(`${way}; filename="${mine.number}.${extension}"; filename*=UTF-8''${mine.number}.${extension}`);
    const text = await response.text();
    expect(text.length).toBe(extension === 'pdf' ? text.length : Number(headers.get('content-length')) - (Buffer.byteLength(text) - text.length));
    if (extension === 'html') expect(text).toContain(mine.number);
    if (extension === 'xml') expect(violations(text)).toEqual([]);
    if (extension === 'pdf') expect(text.slice(0, 5)).toBe('%PDF-');
  });

  test('that did not change is not sent again, and HEAD sends none', async () => {
    const first = await get(at(mine.id));
    const etag = first.headers.get('etag') ?? '';
    const again = await get(at(mine.id), { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    const head = await get(at(mine.id), { method: 'HEAD' });
    expect([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  });

  test('is where the graph says, for the client too', async () => {
    const { data } = await world.graph.ask('query ($id: ID!) { invoice(id: $id) { document { html pdf xml } } }', { id: mine.id }, portal());
    expect(data.invoice.document).toEqual({ html: at(mine.id), pdf: at(mine.id, 'pdf'), xml: at(mine.id, 'xml') });
  });

  test('whose rules are broken has no electronic invoice, and says which', async () => {
    const response = await get(at(theirs.id, 'xml'), { wish: { role: 'finance' } });
    expect(await said(response)).toMatchObject({ status: 409, errors: [[expect.stringContaining('BR-10'), 'VALIDATION_FAILED']] });
    expect((await get(at(theirs.id, 'pdf'), { wish: { role: 'finance' } })).status).toBe(200);
  });
});

describe('nobody gets a document', () => {
  test('without a token that is valid now', async () => {
    const asked = (authorization?: string) => fetch(new URL(at(mine.id), world.url), authorization ? { headers: { authorization } } : {});
    const token = await world.token(portal());
    for (const authorization of [undefined, 'Bearer nonsense', `Basic ${token}`, `Bearer ${token.slice(0, -3)}abc`]) {
      const response = await asked(authorization);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, expect.stringContaining('Bearer')]);
    }
  });

  test('of another client, of a draft, of nothing: all are answered alike', async () => {
    const nothing = await said(await get(at(newId())));
    expect(nothing.status).toBe(404);
    for (const extension of ['html', 'pdf', 'xml']) {
      for (const id of [theirs.id, draft, mine.firm.contractId, mine.firm.customerId]) expect(await said(await get(at(id, extension)))).toEqual(nothing);
    }
    expect(await said(await get(at(draft), { wish: { role: 'finance' } }))).toEqual(nothing);
    expect(await said(await get(at(mine.id), { wish: { role: 'partner', customerIds: [mine.firm.customerId] } }))).toMatchObject({
      status: expect.any(Number),
    });
    expect((await get(at(mine.id), { wish: { role: 'hr' } })).status).toBe(404);
  });

  test.each(['../../../etc/passwd', '..%2f..%2fgraphql', '%00', '', 'x', "' or 1=1--", '{__typename}', '.html', 'a/b'])('by the id %j', async (id) => {
    const response = await get(`/documents/invoices/${id}.html`);
    expect(response.status).toBe(404);
    await response.text();
  });

  test.each(['exe', 'HTML', 'html.pdf', 'constructor', 'json', ''])('in the form %j', async (extension) => {
    expect((await get(at(mine.id, extension))).status).toBe(404);
  });

  test('by a method that changes something', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await get(at(mine.id), { method })).status).toBe(405);
  });

  test('whatever is written where the id stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), fc.constantFrom('html', 'pdf', 'xml'), async (id, extension) => {
        const response = await get(`/documents/invoices/${encodeURIComponent(id)}.${extension}`);
        expect(response.status).toBe(404);
        await response.text();
      }),
      { numRuns: 40 },
    );
  });
});
