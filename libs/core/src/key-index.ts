/** Which keys belong to a tag: the way back from a part of what a store keeps to the keys under which it is kept. */
export class KeyIndex {
  readonly #keys = new Map<string, Set<string>>();

  /** Notes that `key` belongs to `tag`. */
  add(tag: string, key: string): void {
    const keys = this.#keys.get(tag);
    if (keys) keys.add(key);
    else this.#keys.set(tag, new Set([key]));
  }

  /** Takes that back. */
  delete(tag: string, key: string): void {
    const keys = this.#keys.get(tag);
    if (keys?.delete(key) && keys.size === 0) this.#keys.delete(tag);
  }

  /** Those of now: a copy, so that they may be deleted one by one. */
  keysOf(tag: string): string[] {
    return [...(this.#keys.get(tag) ?? [])];
  }
}
