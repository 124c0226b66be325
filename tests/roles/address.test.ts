import { expect, test } from 'vitest';
import { addressIn, leaveAddress, urlOf } from '../../roles/address.ts';
import type { Call } from '../../roles/command.ts';
import { temporaryFolder } from '../support/embedded.ts';

test('a start leaves its address for as long as it runs', async () => {
  await using folder = await temporaryFolder();
  expect(await addressIn(folder.path)).toBeUndefined();
  const end = await leaveAddress(folder.path, 'http://127.0.0.1:4100/graphql');
  expect(await addressIn(folder.path)).toBe('http://127.0.0.1:4100/graphql');
  await end();
  expect(await addressIn(folder.path)).toBeUndefined();
});

test('an import asks whom it was told, the port that was named, where the start of its data folder listens, or where one would', async () => {
  await using folder = await temporaryFolder();
  const call = (flags: Call['flags'] = {}, env: Call['env'] = {}): Call => ({ flags: { data: folder.path, ...flags }, env, words: [], out: () => undefined });
  expect(await urlOf(call())).toBe('http://127.0.0.1:4000/graphql');
  await leaveAddress(folder.path, 'http://127.0.0.1:4100/graphql');
  expect(await urlOf(call())).toBe('http://127.0.0.1:4100/graphql');
  expect(await urlOf(call({}, { ACCORD_PORT: '4200' }))).toBe('http://127.0.0.1:4200/graphql');
  expect(await urlOf(call({ url: 'https://accord.example/graphql' }))).toBe('https://accord.example/graphql');
});
