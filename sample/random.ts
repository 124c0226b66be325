/** Chance that repeats itself: the same seed gives the same firm. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** A UUIDv7 of that instant. */
  id(at: number): string;
  /** A stream of its own, which nothing that happens elsewhere moves. */
  branch(name: string): Random;
};

/** A stream of chance from a seed (hash: xmur3; generator: sfc32, 128 bits of state). */
export function randomOf(seed: string): Random {
  const words = sfc32(seed);
  const next = () => words() / 4_294_967_296;
  return {
    next,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    chance: (probability) => next() < probability,
    pick: <Item>(items: readonly Item[]): Item => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[Math.floor(next() * items.length)] as Item;
    },
    id: (at) => uuidOf(at, words),
    branch: (name) => randomOf(`${seed}/${name}`),
  };
}

function sfc32(seed: string): () => number {
  const hash = xmur3(seed);
  let [a, b, c, d] = [hash(), hash(), hash(), hash()];
  return () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
}

function xmur3(text: string): () => number {
  let h = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    h = Math.imul(h ^ text.charCodeAt(index), 3_432_918_353);
    h = (h << 13) | (h >>> 19);
  }
  return () => {
    h = Math.imul(h ^ (h >>> 16), 2_246_822_507);
    h = Math.imul(h ^ (h >>> 13), 3_266_489_909);
    h ^= h >>> 16;
    return h >>> 0;
  };
}

function uuidOf(at: number, words: () => number): string {
  const time = at.toString(16).padStart(12, '0');
  const [x, y, z] = [words(), words(), words()];
  const third = (0x7000 | (x & 0xfff)).toString(16);
  const fourth = (0x8000 | ((x >>> 12) & 0x3fff)).toString(16);
  const last = y.toString(16).padStart(8, '0') + (z & 0xffff).toString(16).padStart(4, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-${third}-${fourth}-${last}`;
}
