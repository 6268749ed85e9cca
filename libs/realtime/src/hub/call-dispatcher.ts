import { PorticoError } from '@portico/core';
import { messageType, type CancelInvocationMessage, type CompletionMessage, type InvocationMessage, type StreamInvocationMessage, type StreamItemMessage } from '../protocol/hub-message.js';
import { argumentsOf } from './call-arguments.js';
import type { ConnectedClient } from './connected-client.js';
import { callErrorText } from './error-text.js';
import type { HubMethodDefinition } from './hub-definition.js';
import { HubError } from './hub-error.js';
import type { HubParts } from './hub-parts.js';
import { PlainCalls } from './plain-calls.js';
import { RunningCall } from './running-call.js';
import { StreamAnswer } from './stream-answer.js';
import { Uploads } from './uploads.js';

type CallMessage = InvocationMessage | StreamInvocationMessage;

/** What clients send to have something done. */
export type DispatchedMessage = CallMessage | StreamItemMessage | CompletionMessage | CancelInvocationMessage;

/** The calls of one client: plain ones run one at a time, in their order, and streams beside them. */
export class CallDispatcher {
  readonly #client: ConnectedClient;
  readonly #parts: HubParts;
  readonly #byId = new Map<string, RunningCall>();
  readonly #plain: PlainCalls;
  readonly #uploads: Uploads;
  #inProgress = 0;

  constructor(client: ConnectedClient, parts: HubParts) {
    this.#client = client;
    this.#parts = parts;
    this.#plain = new PlainCalls(parts.onError, (call) => this.#ended(call));
    this.#uploads = new Uploads(parts.options.streamBufferItems);
  }

  take(message: DispatchedMessage): void {
    switch (message.type) {
      case messageType.invocation:
      case messageType.streamInvocation:
        return this.#begin(message);
      case messageType.streamItem:
        return this.#uploads.item(message);
      case messageType.completion:
        return this.#uploads.complete(message);
      case messageType.cancelInvocation:
        return this.#cancel(message.invocationId);
    }
  }

  /** The client is gone. */
  end(): void {
    this.#plain.end();
    this.#uploads.end();
  }

  #begin(message: CallMessage): void {
    const { invocationId: id, target } = message;
    this.#parts.observer?.callReceived();
    const method = this.#parts.methods.find(target);
    if (!method) return this.#refuse(id, `Unknown hub method '${target}'`);
    const streams = message.type === messageType.streamInvocation;
    if (method.streams !== streams) return this.#refuse(id, mismatch(method));
    if (id !== undefined && this.#byId.has(id)) return this.#refuse(id, `Invocation ID '${id}' is already in use.`);
    if (this.#inProgress >= this.#parts.maxCalls) return this.#client.close('Too many calls are in progress.');
    const call = this.#accept(message, method);
    if (!call) return;
    if (streams) void new StreamAnswer(call, this.#parts.onError, () => this.#ended(call)).run();
    else this.#plain.add(call);
  }

  #accept(message: CallMessage, method: HubMethodDefinition): RunningCall | undefined {
    const { invocationId: id, streamIds = [] } = message;
    let call: RunningCall;
    try {
      const expected = method.streamParameters.length;
      if (streamIds.length !== expected) throw new HubError(`Client sent ${streamIds.length} stream(s), Hub method expects ${expected}.`);
      const uploads = this.#uploads.open(streamIds);
      call = new RunningCall(this.#client, method, id, argumentsOf(method, message.arguments, [...uploads.values()]), uploads);
    } catch (error) {
      this.#refuse(id, callErrorText(method.name, error));
      return undefined;
    }
    this.#inProgress++;
    if (id !== undefined) this.#byId.set(id, call);
    this.#client.cancellation.add(call);
    return call;
  }

  #cancel(id: string): void {
    const call = this.#byId.get(id);
    if (call && !this.#plain.withdraw(call)) call.cancel(new PorticoError('CLIENT_CLOSED', { detail: 'The client gave the call up.' }));
  }

  #ended(call: RunningCall): void {
    this.#inProgress--;
    if (call.id !== undefined) this.#byId.delete(call.id);
    this.#uploads.close(call.uploads);
    this.#client.cancellation.delete(call);
  }

  #refuse(id: string | undefined, error: string): void {
    if (id !== undefined) this.#client.write({ type: messageType.completion, invocationId: id, hasResult: false, error });
  }
}

function mismatch({ name, streams }: HubMethodDefinition): string {
  const [is, called] = streams ? ['streaming', 'non-streaming'] : ['non-streaming', 'streaming'];
  return `The client attempted to invoke the ${is} '${name}' method with a ${called} invocation.`;
}
