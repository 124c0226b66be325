import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from './embedded.ts';

type Dumped = { model: string; pk: number; fields: Record<string, unknown> };

/** The real folder with the first so many timecards only: everything else as it is. */
export async function tockSlice(folder: string, timecards: number) {
  const slice = await temporaryFolder();
  const dump: Dumped[] = JSON.parse(await readFile(join(folder, 'data-update.json'), 'utf8'));
  const first = dump.filter(({ model }) => model === 'hours.timecard').slice(0, timecards);
  const kept = new Set(first.map(({ pk }) => pk));
  const keeps = ({ model, pk, fields }: Dumped) =>
    model === 'hours.timecard' ? kept.has(pk) : model !== 'hours.timecardobject' || kept.has(Number(fields.timecard));
  await writeFile(join(slice.path, 'data-update.json'), JSON.stringify(dump.filter(keeps)));
  await copyFile(join(folder, 'rate-card.csv'), join(slice.path, 'rate-card.csv'));
  return slice;
}
