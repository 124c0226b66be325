import type { Paper } from './paper.ts';
import { type Printed, printedOf, wordsOf } from './words.ts';

const style = `
:root { color-scheme: light; font: 10.5pt/1.45 "Noto Sans", "Segoe UI", Arial, sans-serif; color: #1a1a1a; background: #fff }
body { max-width: 52rem; margin: 2rem auto; padding: 0 1.5rem }
header { display: flex; justify-content: space-between; gap: 2rem; flex-wrap: wrap }
h1 { font-size: 1.6rem; margin: 0 0 .25rem }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem }
address { font-style: normal; white-space: pre-line }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: 0 }
dt { color: #555 }
dd { margin: 0; overflow-wrap: anywhere }
table { width: 100%; border-collapse: collapse; margin-top: 1.5rem }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem; border-bottom: 1px solid #ccc }
th:nth-child(n + 3), td:nth-child(n + 3), tfoot td { text-align: right; font-variant-numeric: tabular-nums }
td:first-child { overflow-wrap: anywhere }
tfoot th { text-align: right; font-weight: 400 }
tfoot tr:last-child > * { font-weight: 700; border-bottom: 2px solid #1a1a1a }
thead { display: table-header-group }
tr { break-inside: avoid }
p { white-space: pre-line }
footer { margin-top: 2rem; padding-top: .5rem; border-top: 1px solid #ccc; color: #555; font-size: .85em }
@page { size: A4; margin: 18mm 16mm }
@media print { body { max-width: none; margin: 0; padding: 0 } }
`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it stands in HTML. */
function text(raw: string): string {
  return raw.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A page to read and to print: one file, without a script and without anything from elsewhere. */
export function htmlOf(paper: Paper): string {
  const words = wordsOf(paper);
  const printed = printedOf(paper, words);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${text(`${printed.title} ${printed.number}`)}</title>
<style>${style}</style>
</head>
<body>
<header>
<div><h1>${text(printed.title)}</h1><address>${lines(printed.seller)}</address></div>
<dl>${pairs(printed.facts)}</dl>
</header>
<main>
<h2>To</h2>
<address>${lines(printed.buyer)}</address>
${table(printed)}
${printed.notes.map((note) => `<p>${text(note)}</p>`).join('\n')}
${printed.payment.length > 0 ? `<section><h2>Payment</h2><dl>${pairs(printed.payment)}</dl></section>` : ''}
</main>
<footer>${printed.particulars.map(text).join(' · ')}</footer>
</body>
</html>
`;
}

function lines(all: readonly string[]): string {
  return all.map(text).join('<br>');
}

function pairs(all: readonly (readonly [string, string])[]): string {
  return all.map(([term, value]) => `<dt>${text(term)}</dt><dd>${text(value)}</dd>`).join('');
}

function table({ columns, rows, sums }: Printed): string {
  const head = columns.map((column) => `<th scope="col">${text(column)}</th>`).join('');
  const body = rows.map((row) => {
    const cells = [row.description, row.days, row.quantity, row.price, row.tax, row.amount];
    return `<tr>${cells.map((cell) => `<td>${text(cell)}</td>`).join('')}</tr>`;
  });
  const foot = sums.map(({ label, amount }) => `<tr><th scope="row" colspan="5">${text(label)}</th><td>${text(amount)}</td></tr>`);
  return `<table>
<caption>What is billed</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
<tfoot>
${foot.join('\n')}
</tfoot>
</table>`;
}
