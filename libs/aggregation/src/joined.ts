/** Items fetched by id for the items of a list. An id that was not found, or whose call failed, is null. */
export class Joined<T> {
  readonly #byId: ReadonlyMap<string, T>;
  /** False when at least one call failed: then null may also mean unknown. */
  readonly complete: boolean;

  constructor(byId: ReadonlyMap<string, T>, complete: boolean) {
    this.#byId = byId;
    this.complete = complete;
  }

  get(id: string): T | null {
    return this.#byId.get(id) ?? null;
  }

  /** The items of `ids` in their order, null where there is none. */
  inOrder(ids: readonly string[]): (T | null)[] {
    return ids.map((id) => this.get(id));
  }

  get size(): number {
    return this.#byId.size;
  }
}
