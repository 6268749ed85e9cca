/** A kept service answer. */
export interface KeptAnswer {
  readonly body: string;
  /** Age in ms when it was read. */
  readonly ageMs: number;
}

/** Keeps service answers as text, so that no two readers share a mutable object. `caching` implements it. */
export interface PartCache {
  /** The answer kept under `key`, however old within its keep time; undefined when there is none or the store fails. */
  read(key: string): Promise<KeptAnswer | undefined>;
  /** Keeps `body` for `keepMs`. Never throws: a cache that fails is a cache that misses. */
  write(key: string, body: string, keepMs: number): Promise<void>;
}
