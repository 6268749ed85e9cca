/** Where it is noted what each idempotency key brought about. */
export interface NotedKeys {
  /** What `write` noted under `key`. Rejects when that cannot be known now: it may have been noted all the same. */
  read(key: string): Promise<string | undefined>;
  /** Notes `text` for `keepMs`. Never rejects. */
  write(key: string, text: string, keepMs: number): Promise<void>;
}
