/** A source of chance: a number in [0, 1). Injected wherever behaviour is random, so that tests can fix it. */
export type Random = () => number;

/** The process's own source of chance; not for secrets. */
export const systemRandom: Random = Math.random;
