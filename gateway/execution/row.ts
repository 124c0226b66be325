/** Data as subgraphs give it, by response names. */
export type Row = Record<string, unknown>;

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field of its own: what comes over the wire has a prototype, whose names are names of fields like others. */
export function own(row: Readonly<Row>, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

export function put(row: Row, name: string, value: unknown): void {
  if (name === '__proto__') Object.defineProperty(row, name, { value, enumerable: true, configurable: true, writable: true });
  else row[name] = value;
}

/** Adds what another fetch gave of the same thing. Nothing is copied: what is new hangs where it came from, too. */
export function merge(target: Row, source: Row): void {
  for (const name of Object.keys(source)) {
    const value = source[name];
    if (value !== undefined && !takesIn(own(target, name), value)) put(target, name, value);
  }
}

/** Things take in things, and lists of one length each other's members; false where the one has to stand in the other's place. */
function takesIn(before: unknown, value: unknown): boolean {
  if (isRow(before) && isRow(value)) {
    merge(before, value);
    return true;
  }
  if (!Array.isArray(before) || !Array.isArray(value) || before.length !== value.length) return false;
  for (const [index, inner] of value.entries()) if (!takesIn(before[index], inner)) before[index] = inner;
  return true;
}
