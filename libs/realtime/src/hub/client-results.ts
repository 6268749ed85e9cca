import type { CompletionMessage } from '../protocol/hub-message.js';

interface PendingResult {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** The results for which one client has been asked. */
export class ClientResults {
  #pending: Map<string, PendingResult> | undefined;
  #lastId = 0;

  /**
   * Asks, under an id that no id of the client's own calls looks like, and waits.
   * @throws Error when the client answers with an error or leaves, the reason of `signal` when that aborts
   */
  ask(send: (invocationId: string) => void, signal?: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const id = `s${++this.#lastId}`;
      const giveUp = (): void => this.#take(id)?.reject(signal?.reason);
      const done = (): void => signal?.removeEventListener('abort', giveUp);
      this.#pending ??= new Map();
      this.#pending.set(id, {
        resolve: (result) => {
          done();
          resolve(result);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      signal?.addEventListener('abort', giveUp);
      try {
        send(id);
      } catch (error) {
        this.#take(id)?.reject(error);
      }
    });
  }

  /** Whether this answers a question that is open. */
  settle({ invocationId, error, result }: CompletionMessage): boolean {
    const pending = this.#take(invocationId);
    if (error === undefined) pending?.resolve(result);
    // No `HubError`: what one client says is not for others to read.
    else pending?.reject(new Error(`The client answered with an error: ${error}`));
    return pending !== undefined;
  }

  /** The client is gone. */
  end(): void {
    const pending = this.#pending;
    this.#pending = undefined;
    for (const result of pending?.values() ?? []) result.reject(new Error('The client left before it answered.'));
  }

  #take(id: string): PendingResult | undefined {
    const pending = this.#pending?.get(id);
    this.#pending?.delete(id);
    return pending;
  }
}
