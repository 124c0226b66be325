import { subgraphNames } from './names.ts';
import { generateTypes } from './resolverTypes.ts';

const root = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
const asked = process.argv.slice(2);
await generateTypes(root, asked.length > 0 ? subgraphNames.filter((name) => asked.includes(name)) : subgraphNames);
