import { subgraphNames } from './names.ts';
import { generateTypes } from './resolverTypes.ts';
import { generateSupergraph } from './supergraph.ts';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const asked = process.argv.slice(2);
await generateTypes(root, asked.length > 0 ? subgraphNames.filter((name) => asked.includes(name)) : subgraphNames);
if (asked.length === 0) await generateSupergraph(root);
