import type { Clock, Timer } from '@portico/core';

/** What another node answers. */
export interface NodeAnswer {
  readonly there: boolean;
  readonly error?: string | undefined;
  readonly result?: unknown;
}

interface PendingRequest {
  settle(answer: NodeAnswer): void;
  fail(error: unknown): void;
  timer: Timer | undefined;
}

/** The requests of one node to the others that are not answered yet. */
export class NodeRequests {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #pending = new Map<number, PendingRequest>();
  #lastId = 0;

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Asks under an id of its own, and waits.
   * @param send brings it to the node; answers whether there is one, and is asked again whether there is one still
   * @param waits whether the answer may take any time, as long as the node is there
   * @throws Error when no answer comes in time, the reason of `signal` when that aborts
   */
  ask({ send, isThere, waits, signal }: { send: (id: number) => Promise<boolean>; isThere: () => Promise<boolean>; waits: boolean; signal?: AbortSignal | undefined }): Promise<NodeAnswer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = ++this.#lastId;
      const giveUp = (): void => pending.fail(signal?.reason);
      const done = (): void => {
        this.#pending.delete(id);
        pending.timer?.cancel();
        signal?.removeEventListener('abort', giveUp);
      };
      const pending: PendingRequest = {
        settle: (answer) => {
          done();
          resolve(answer);
        },
        fail: (error) => {
          done();
          reject(error);
        },
        timer: undefined,
      };
      const look = (): void => {
        if (!waits) return pending.fail(new Error('The replica of the connection does not answer'));
        isThere().then((there) => {
          if (!there) pending.settle({ there: false });
          else if (this.#pending.has(id)) pending.timer = this.#clock.schedule(look, this.#timeoutMs);
        }, pending.fail);
      };
      pending.timer = this.#clock.schedule(look, this.#timeoutMs);
      this.#pending.set(id, pending);
      signal?.addEventListener('abort', giveUp, { once: true });
      send(id).then((there) => {
        if (!there) pending.settle({ there: false });
      }, pending.fail);
    });
  }

  /** An answer has come; one that nobody waits for any more is dropped. */
  settle(id: number, answer: NodeAnswer): void {
    this.#pending.get(id)?.settle(answer);
  }

  /** Nobody waits any more. */
  close(): void {
    for (const pending of this.#pending.values()) pending.fail(new Error('The hub is closed'));
  }
}
