import { registerHooks } from 'node:module';

type Mend = readonly [wrong: string, right: string];

/** What is wrong in the driver's sources, as it stands there, and what stands there instead. docs/adr/0006-driver-fault.md says what came of it. */
const mends: ReadonlyMap<string, readonly Mend[]> = new Map([
  [
    'connection.js',
    [
      // What waited to be written on a lost connection, and what the server said last there, are not the next one's.
      [
        '    clearImmediate(nextWriteTimer)\n    socket.removeListener',
        '    clearImmediate(nextWriteTimer)\n    nextWriteTimer = chunk = errorResponse = results = null\n    socket.removeListener',
      ],
      // Whoever was not answered is not answered by the next one either: each answer would go to the one before.
      [
        "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
        "    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = null\n",
      ],
      [
        '  function execute(q) {\n',
        "  function execute(q) {\n    if (!socket) return (queryError(q, Errors.connection('CONNECTION_CLOSED', options)), true)\n",
      ],
      ['  function nextWrite(fn) {\n', '  function nextWrite(fn) {\n    if (!socket) return (chunk = nextWriteTimer = null, true)\n'],
    ],
  ],
  [
    'index.js',
    [
      // A transaction ends with its connection: what it still sends, its rollback first of all, must not reach who has the next one.
      ['    let savepoints = 0\n      , connection\n', '    let savepoints = 0\n      , lost = null\n      , connection\n'],
      [
        'connection.onclose = reject)',
        'connection.onclose = e => {\n          reject(lost = e)\n          while (queries.length) queries.shift().reject(e)\n        })',
      ],
      [
        '        q.catch(e => uncaughtError || (uncaughtError = e))\n',
        '        q.catch(e => uncaughtError || (uncaughtError = e))\n        if (lost) return q.reject(lost)\n',
      ],
    ],
  ],
]);

/** Mends the PostgreSQL driver as it is loaded: call it before anything imports that, once or more often. */
export function mendDriver(): void {
  registerHooks({
    load: (url, context, next) => {
      const loaded = next(url, context);
      const [, file = ''] = /\/node_modules\/postgres\/src\/(\w+\.js)$/.exec(url) ?? [];
      return mends.has(file) ? { ...loaded, source: mended(file, String(loaded.source)) } : loaded;
    },
  });
}

/** A file of the driver without its faults. Throws when it has others: then it is another version, at which somebody must look. */
export function mended(file: string, source: string): string {
  return (mends.get(file) ?? []).reduce((text, [wrong, right]) => {
    if (text.includes(right)) return text;
    if (text.split(wrong).length !== 2)
      throw new Error(`The PostgreSQL driver's ${file} is not the one that kernel/driverMend.ts mends; see docs/adr/0006-driver-fault.md.`);
    return text.replace(wrong, () => right);
  }, source);
}
