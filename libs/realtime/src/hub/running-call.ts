import { Cancellation, type Cancellable, type PorticoError } from '@portico/core';
import { messageType } from '../protocol/hub-message.js';
import type { ConnectedClient } from './connected-client.js';
import { callErrorText } from './error-text.js';
import type { HubCall, HubMethodDefinition } from './hub-definition.js';
import { HubError } from './hub-error.js';
import type { UploadStream } from './upload-stream.js';

/** A call from the moment when it is accepted, and the only one who answers it. */
export class RunningCall implements HubCall, Cancellable {
  /** What is given up with it. */
  readonly cancellation = new Cancellation();
  readonly arguments: readonly unknown[];

  constructor(
    readonly connection: ConnectedClient,
    readonly method: HubMethodDefinition,
    /** Undefined when nobody waits for an answer: then none is sent, not even an error. */
    readonly id: string | undefined,
    given: readonly unknown[],
    readonly uploads: ReadonlyMap<string, UploadStream>,
  ) {
    this.arguments = given;
  }

  get signal(): AbortSignal {
    return this.cancellation.toAbortSignal();
  }

  cancel(reason: PorticoError): void {
    this.cancellation.cancel(reason);
  }

  /** The next item of a streaming method. Throws what serialising throws. */
  item(item: unknown): void {
    if (this.id !== undefined) this.connection.write({ type: messageType.streamItem, invocationId: this.id, item });
  }

  /** Throws what serialising throws. */
  succeed(result: unknown): void {
    if (this.id !== undefined) this.connection.write({ type: messageType.completion, invocationId: this.id, hasResult: result !== undefined, result });
  }

  fail(error: unknown, report: (error: unknown) => void): void {
    // What a call throws after it was given up is how it ends, no fault.
    if (!(error instanceof HubError) && !this.cancellation.cancelled) report(error);
    this.refuse(callErrorText(this.method.name, error));
  }

  refuse(error: string): void {
    if (this.id !== undefined) this.connection.write({ type: messageType.completion, invocationId: this.id, hasResult: false, error });
  }
}
