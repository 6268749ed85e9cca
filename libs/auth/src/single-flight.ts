/** Work that is under way is done once for all who want it: whoever comes meanwhile gets the same promise, and whoever comes after it begins anew. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  /** @param work begun only when nothing is under way for the key */
  run(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key);
    if (running) return running;
    const flight = work().finally(() => this.#running.delete(key));
    this.#running.set(key, flight);
    return flight;
  }
}
