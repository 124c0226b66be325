import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type PDFDocument from 'pdfkit';
import type { Paper } from './paper.ts';
import { type Printed, printedOf, wordsOf } from './words.ts';

/** Points of an A4 page. */
const page = { width: 595.28, height: 841.89, margin: 48, foot: 40 };
const size = { text: 9, small: 7.5, title: 18 };
const grey = '#555555';
/** Shares of the width, as the columns are printed. */
const shares = [0.32, 0.18, 0.12, 0.14, 0.08, 0.16];

const fonts = {
  regular: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf')),
  bold: fileURLToPath(import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf')),
};

type Pdf = InstanceType<typeof PDFDocument>;

/** The same as the page, as PDF/A-3; the electronic invoice, where there is one, is a file inside. The same paper gives the same bytes. */
export async function pdfOf(paper: Paper, xml: string | null): Promise<Buffer> {
  const words = wordsOf(paper);
  const printed = printedOf(paper, words);
  const day = new Date(`${paper.date}T00:00:00Z`);
  const info = {
    Title: `${printed.title} ${printed.number}`,
    Author: paper.seller.name,
    CreationDate: day,
    ModDate: day,
    Producer: 'Accord',
    Creator: 'Accord',
  };
  const margins = { top: page.margin, left: page.margin, right: page.margin, bottom: page.margin + page.foot };
  // Fonts and their tables take a tenth of a second to load, and few processes ever print.
  const { default: Writer } = await import('pdfkit');
  const pdf: Pdf = new Writer({
    size: 'A4',
    margins,
    info,
    lang: 'en',
    displayTitle: true,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    font: fonts.regular,
  });
  pdf.registerFont('regular', fonts.regular).registerFont('bold', fonts.bold);
  pdf.font('regular').fontSize(size.text);
  const whole = buffer(pdf);
  head(pdf, printed);
  table(pdf, printed);
  foot(pdf, printed);
  if (xml) {
    const file = {
      name: `${printed.number}.xml`,
      type: 'text/xml',
      description: 'EN 16931',
      creationDate: day,
      modifiedDate: day,
      relationship: 'Alternative',
    };
    pdf.file(Buffer.from(xml), file);
  }
  numberPages(pdf, printed);
  pdf.end();
  return whole;
}

const inner = page.width - 2 * page.margin;

function head(pdf: Pdf, { title, seller, buyer, facts }: Printed): void {
  pdf.font('bold').fontSize(size.title).text(title);
  pdf.font('regular').fontSize(size.text);
  const top = pdf.y + 6;
  pdf.text(seller.join('\n'), page.margin, top, { width: inner * 0.48 });
  pdf
    .moveDown()
    .fillColor(grey)
    .text('To', { width: inner * 0.48 });
  pdf.fillColor('black').text(buyer.join('\n'), { width: inner * 0.48 });
  const left = pdf.y;
  pairs(pdf, facts, { x: page.margin + inner * 0.52, y: top, width: inner * 0.48 });
  pdf.y = Math.max(left, pdf.y) + 18;
}

function pairs(pdf: Pdf, all: readonly (readonly [string, string])[], { x, y, width }: { x: number; y: number; width: number }): void {
  pdf.y = y;
  for (const [term, value] of all) {
    const at = pdf.y;
    pdf.fillColor(grey).text(term, x, at, { width: width * 0.38 });
    const below = pdf.y;
    pdf.fillColor('black').text(value, x + width * 0.4, at, { width: width * 0.6 });
    pdf.y = Math.max(below, pdf.y);
  }
}

const rest = (pdf: Pdf): number => page.height - page.margin - page.foot - pdf.y;

function table(pdf: Pdf, { columns, rows, sums }: Printed): void {
  cells(pdf, columns, 'bold');
  rule(pdf);
  for (const { description, days, quantity, price, tax, amount } of rows) {
    const row = [description, days, quantity, price, tax, amount];
    if (heightOf(pdf, row) > rest(pdf)) {
      pdf.addPage();
      cells(pdf, columns, 'bold');
      rule(pdf);
    }
    cells(pdf, row, 'regular');
  }
  rule(pdf);
  keepTogether(pdf, sums.length * 16);
  for (const { label, amount, strong } of sums) sum(pdf, { label, amount, strong });
}

function keepTogether(pdf: Pdf, height: number): void {
  if (height > rest(pdf)) pdf.addPage();
}

function widths(): { x: number; width: number }[] {
  let x = page.margin;
  return shares.map((share) => {
    const column = { x, width: inner * share - 6 };
    x += inner * share;
    return column;
  });
}

function heightOf(pdf: Pdf, row: readonly string[]): number {
  return 4 + Math.max(...widths().map(({ width }, index) => pdf.heightOfString(row[index] ?? '', { width })));
}

function cells(pdf: Pdf, row: readonly string[], weight: 'regular' | 'bold'): void {
  pdf.font(weight);
  const [top, height] = [pdf.y, heightOf(pdf, row)];
  for (const [index, { x, width }] of widths().entries()) pdf.text(row[index] ?? '', x, top, { width, align: index > 1 ? 'right' : 'left' });
  pdf.font('regular');
  pdf.y = top + height;
}

function rule(pdf: Pdf): void {
  pdf
    .moveTo(page.margin, pdf.y)
    .lineTo(page.width - page.margin, pdf.y)
    .lineWidth(0.5)
    .strokeColor(grey)
    .stroke();
  pdf.y += 4;
}

function sum(pdf: Pdf, { label, amount, strong }: Printed['sums'][number]): void {
  const top = pdf.y;
  pdf.font(strong ? 'bold' : 'regular');
  pdf.text(label, page.margin, top, { width: inner * 0.8, align: 'right' });
  const below = pdf.y;
  pdf.text(amount, page.margin + inner * 0.82, top, { width: inner * 0.18 - 6, align: 'right' });
  pdf.font('regular');
  pdf.y = Math.max(below, pdf.y) + 2;
}

function foot(pdf: Pdf, { notes, payment }: Printed): void {
  pdf.y += 12;
  for (const note of notes) pdf.text(note, page.margin, pdf.y, { width: inner }).moveDown(0.5);
  if (payment.length === 0) return;
  keepTogether(pdf, (payment.length + 2) * 13);
  pdf
    .font('bold')
    .text('Payment', page.margin, pdf.y + 6, { width: inner })
    .font('regular');
  pairs(pdf, payment, { x: page.margin, y: pdf.y + 2, width: inner * 0.7 });
}

/** The seller's particulars and the number of the page, below each. */
function numberPages(pdf: Pdf, { particulars, number }: Printed): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    pdf.switchToPage(index);
    // Below the margin, where text would begin a page of its own.
    pdf.page.margins.bottom = 0;
    const y = page.height - page.margin - page.foot + 14;
    pdf.fontSize(size.small).fillColor(grey);
    pdf.text(particulars.join(' · '), page.margin, y, { width: inner * 0.75, height: page.foot, ellipsis: true });
    pdf.text(`${number} · ${index + 1} / ${count}`, page.margin + inner * 0.75, y, { width: inner * 0.25, align: 'right' });
  }
}
