import { describe, expect, test } from 'vitest';
import { htmlOf } from '#finance/document/html.ts';
import { pdfOf } from '#finance/document/pdf.ts';
import { ublOf } from '#finance/document/ubl.ts';
import { aPaper, type LineWish, particulars } from '../support/papers.ts';

const many = (count: number): LineWish[] =>
  Array.from({ length: count }, (_, index) => ({
    amountMinor: 123_456n,
    seconds: 3600n,
    rateMinor: 123_456n,
    basisPoints: 2100,
    description: `Work ${index + 1}`,
  }));

describe('the printable page', () => {
  test('says all that the law asks for, in the words of the locale', () => {
    const page = htmlOf(aPaper({ lines: many(1) }));
    for (const said of [
      'Northlight B.V.',
      'NL-INV-2026-000001',
      '31 mrt 2026',
      '30 apr 2026',
      '1.234,56',
      '21 %',
      '259,26',
      '1.493,82',
      'NL91 ABNA 0417 1643 00',
      'VAT number NL123456789B01',
    ])
      expect(page).toContain(said);
    const american = htmlOf(aPaper({ lines: many(1), said: particulars({ seller: { locale: 'en-US' } }) }));
    for (const said of ['Mar 31, 2026', '1,234.56']) expect(american).toContain(said);
  });

  test('runs nothing and fetches nothing, whatever anybody is called', () => {
    const said = particulars({ buyer: { name: '<script>alert(1)</script>"\'&', freeAddress: '<img src=x onerror=y>', address: null } });
    const page = htmlOf(aPaper({ said, row: { note: '</style><script>' } }));
    expect(page).not.toMatch(/<script|<img|<link|https?:|onerror=y>|javascript:/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
    expect(page.match(/<style>/g)).toHaveLength(1);
  });

  test('is one that a screen reader can read: language, title, a table with heads', () => {
    const page = htmlOf(aPaper());
    expect(page).toMatch(/<html lang="en">[\s\S]*<title>Invoice NL-INV-2026-000001<\/title>/);
    expect(page.match(/<th scope="col">/g)).toHaveLength(6);
    expect(page).toContain('<caption>');
  });

  test('of a credit note names the invoice, the reason, and no account to pay to', () => {
    const page = htmlOf(aPaper({ kind: 'CREDIT_NOTE' }));
    for (const said of ['Credit note', 'Credits invoice', 'Reason: Billed twice', 'Settled with invoice']) expect(page).toContain(said);
    expect(page).not.toContain('Pay to');
  });
});

describe('the PDF', () => {
  test('is the same bytes whenever it is asked for, and holds the electronic invoice', async () => {
    const paper = aPaper();
    const [first, second] = [await pdfOf(paper, ublOf(paper, 'EN_16931')), await pdfOf(aPaper(), ublOf(paper, 'EN_16931'))];
    expect(first.equals(second)).toBe(true);
    const text = first.toString('latin1');
    expect(text.slice(0, 8)).toBe('%PDF-1.7');
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true);
    expect(text).toMatch(/\/EmbeddedFile/);
    expect(text).toContain('AFRelationship');
  });

  test('has as many pages as the lines need', async () => {
    const pages = async (count: number) => (await pdfOf(aPaper({ lines: many(count) }), null)).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length;
    expect(await pages(1)).toBe(1);
    expect(await pages(80)).toBeGreaterThan(1);
  });
});
