import type { FakeChannel } from './fake-channel.js';

const separator = '\u001e';

/** A client that speaks JSON by hand over a fake channel. */
export class TestClient {
  #read = 0;

  constructor(
    readonly id: string,
    readonly channel: FakeChannel,
  ) {}

  shakeHands(): this {
    this.say({ protocol: 'json', version: 1 });
    this.hear();
    return this;
  }

  /** Sends these messages in one chunk. */
  say(...messages: object[]): void {
    this.sayText(messages.map((message) => JSON.stringify(message) + separator).join(''));
  }

  sayText(chunk: string): void {
    this.channel.listener?.received(chunk);
  }

  call(invocationId: string | undefined, target: string, ...args: unknown[]): void {
    this.say({ type: 1, invocationId, target, arguments: args });
  }

  stream(invocationId: string, target: string, ...args: unknown[]): void {
    this.say({ type: 4, invocationId, target, arguments: args });
  }

  /** The client is gone, with an error or in good order. */
  leave(error?: Error): void {
    this.channel.ended = 'aborted';
    this.channel.listener?.closed(error);
  }

  /** The messages that came since the last time. */
  hear(): unknown[] {
    const records = this.channel.sent.slice(this.#read) as string[];
    this.#read = this.channel.sent.length;
    return records.flatMap((record) => record.split(separator).slice(0, -1)).map((text) => JSON.parse(text));
  }
}

/** How a call ended, as it stands on the wire. */
export const completion = (invocationId: string, result?: unknown): object => ({ type: 3, invocationId, ...(result !== undefined && { result }) });

export const failure = (invocationId: string, error: string): object => ({ type: 3, invocationId, error });

/** The last message of a connection. */
export const closing = (error: string | undefined, allowReconnect = false): object => ({ type: 7, ...(error !== undefined && { error }), allowReconnect });
