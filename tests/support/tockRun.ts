/** An import in a process of its own, for tests that kill it: node tests/support/tockRun.ts <url> <token> <folder> */
import { runImport } from '#connectors/tock/inbound.ts';
import { exitCodeOf } from '#connectors/tock/report.ts';

const [url = '', token = '', folder = ''] = process.argv.slice(2);
const report = await runImport({ url, token, folder, out: (line) => console.log(line), progress: process.stderr });
process.exitCode = exitCodeOf(report);
