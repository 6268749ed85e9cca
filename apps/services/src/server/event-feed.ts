/** Something that happened. `id` counts from 1, in the order in which things happened, and begins anew with the process. */
export interface FeedEvent<T> {
  readonly id: number;
  readonly data: T;
}

/** What a feed remembers and where its events come from. */
export interface FeedOptions {
  /** How many of the latest events are kept for those who missed them; default 0. */
  readonly kept?: number;
  /** Begins to make events when the first listener comes; what it returns ends that when the last one has gone. */
  readonly source?: (() => () => void) | undefined;
}

/** What a service has to tell, to whoever listens. */
export class EventFeed<T> {
  /** How many of the latest events are kept. */
  readonly kept: number;
  readonly #source: (() => () => void) | undefined;
  readonly #listeners = new Set<(event: FeedEvent<T>) => void>();
  readonly #latest: FeedEvent<T>[] = [];
  #newest = 0;
  #endSource: (() => void) | undefined;

  constructor({ kept = 0, source }: FeedOptions = {}) {
    this.kept = kept;
    this.#source = source;
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** Tells every listener before it returns. */
  publish(data: T): void {
    const event = { id: (this.#newest += 1), data };
    this.#latest.push(event);
    if (this.#latest.length > this.kept) this.#latest.shift();
    for (const listener of this.#listeners) listener(event);
  }

  /** Hears every event from now on, until what is returned is called; calling that twice changes nothing. */
  listen(listener: (event: FeedEvent<T>) => void): () => void {
    // A listener of its own each time: the same function may listen twice.
    const own = (event: FeedEvent<T>): void => listener(event);
    this.#listeners.add(own);
    if (this.#listeners.size === 1) this.#endSource = this.#source?.();
    return () => {
      if (this.#listeners.delete(own) && this.#listeners.size === 0) this.#endSource?.();
    };
  }

  /** What came after the event with that id, as far as it is kept. An id that was not given yet is of an earlier process: everything came after it. */
  since(id: number): readonly FeedEvent<T>[] {
    return id > this.#newest ? [...this.#latest] : this.#latest.filter((event) => event.id > id);
  }
}
