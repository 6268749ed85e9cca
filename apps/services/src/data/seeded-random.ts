/** A reproducible stream of chance: the same seed and name give the same draws, in any process and any order of use. */
export interface SeededRandom {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number between both bounds, bounds included. */
  between(low: number, high: number): number;
  /** One element; the list must not be empty. */
  pick<T>(list: readonly T[]): T;
  /** `count` different elements in random order; all of them if the list is shorter. */
  sample<T>(list: readonly T[], count: number): T[];
  /** True with the given probability, 0 to 1. */
  chance(probability: number): boolean;
}

/** Starts the stream that belongs to `seed` and `name`; streams of different names do not influence each other. */
export function seededRandom(seed: number, name: string): SeededRandom {
  const next = mulberry32(fnv1a(`${seed}/${name}`));
  const between = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;
  return {
    next,
    between,
    pick,
    chance: (probability) => next() < probability,
    sample: (list, count) => {
      const rest = [...list];
      const taken: (typeof rest)[number][] = [];
      while (taken.length < count && rest.length > 0) taken.push(...rest.splice(Math.floor(next() * rest.length), 1));
      return taken;
    },
  };
}

/** Tommy Ettinger's generator with 32 bits of state. */
function mulberry32(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** FNV-1a over UTF-16 code units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}
