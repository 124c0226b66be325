import { parseArgs } from 'node:util';
import { cases, runCases } from './run.ts';
import { tableOf } from './table.ts';

const help = `Tells Accord what went wrong in this field in public, and looks whether it does here.

usage: npm run reproductions -- [options]

  --only A,B     only these cases, such as T1,M or S3; a letter is all of its kind
  --help         show this help and stop

A fresh start on an embedded database in a temporary folder and a free port; everything goes through the public API. Prints a table of case, right value, actual
value and verdict (right, wrong, later, seen elsewhere); the exit code is 1 when one is wrong.`;

const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean', default: false } } });
if (values.help) {
  console.log(help);
  process.exit(0);
}
const wanted = values.only?.split(',');
const kindOf = (id: string) => id.split(' ')[0]?.replace(/\d+.*/, '');
const some = cases.filter(({ id }) => wanted === undefined || wanted.some((name) => name === id || name === kindOf(id)));
if (some.length === 0) {
  console.error(`There is no such case. Cases: ${cases.map(({ id }) => id).join(', ')}.`);
  process.exit(1);
}
const judged = await runCases(some, (line) => console.error(line));
console.log(tableOf(judged));
process.exit(judged.some(({ verdict }) => verdict === 'wrong') ? 1 : 0);
