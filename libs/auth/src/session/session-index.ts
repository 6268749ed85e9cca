/** Which sessions belong to a value, by their keys. */
export class SessionIndex {
  readonly #keys = new Map<string, Set<string>>();

  add(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys) keys.add(key);
    else this.#keys.set(value, new Set([key]));
  }

  remove(value: string, key: string): void {
    const keys = this.#keys.get(value);
    if (keys?.delete(key) && keys.size === 0) this.#keys.delete(value);
  }

  /** The keys of `value`, as they are now. */
  of(value: string): readonly string[] {
    return [...(this.#keys.get(value) ?? [])];
  }
}
