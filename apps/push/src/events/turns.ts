/** Lets so many at a time do something; the others wait for their turn, in their order. */
export class Turns {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(atATime: number) {
    this.#free = atATime;
  }

  /** Settles when it is one's turn, which `end` gives on; rejects with the reason of `signal` when that aborts before. */
  begin(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.#waiting.delete(turn);
        reject(signal.reason as Error);
      };
      const turn = (): void => {
        this.#waiting.delete(turn);
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      this.#waiting.add(turn);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  end(): void {
    for (const turn of this.#waiting) return turn();
    this.#free += 1;
  }
}
