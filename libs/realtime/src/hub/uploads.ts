import type { CompletionMessage, StreamItemMessage } from '../protocol/hub-message.js';
import { HubError } from './hub-error.js';
import { UploadStream } from './upload-stream.js';

/** The streams that one client is sending, by the ids that it gave them. What comes for others is left unread. */
export class Uploads {
  readonly #streams = new Map<string, UploadStream>();
  readonly #maxItems: number;

  constructor(maxItems: number) {
    this.#maxItems = maxItems;
  }

  /** @throws HubError for an id that is taken; then none of them is opened */
  open(ids: readonly string[]): Map<string, UploadStream> {
    const opened = new Map<string, UploadStream>();
    for (const id of ids) {
      if (this.#streams.has(id) || opened.has(id)) throw new HubError(`Stream ID '${id}' is already in use.`);
      opened.set(id, new UploadStream(this.#maxItems));
    }
    for (const [id, stream] of opened) this.#streams.set(id, stream);
    return opened;
  }

  item({ invocationId, item }: StreamItemMessage): void {
    this.#streams.get(invocationId)?.push(item);
  }

  complete({ invocationId, error }: CompletionMessage): void {
    this.#streams.get(invocationId)?.end(error === undefined ? undefined : new HubError(error));
    this.#streams.delete(invocationId);
  }

  /** The call that opened them is over. */
  close(opened: ReadonlyMap<string, UploadStream>): void {
    for (const [id, stream] of opened) {
      stream.close();
      // The client may have ended it and used its id again.
      if (this.#streams.get(id) === stream) this.#streams.delete(id);
    }
  }

  /** The client is gone: a method must not take what it has for the whole. */
  end(): void {
    for (const stream of this.#streams.values()) stream.end(new Error('The client left before its stream ended.'));
    this.#streams.clear();
  }
}
