import { Readable } from 'node:stream';
import type { OutgoingAnswer, ServiceAnswer } from '@portico/core';

/** A service's answer on its way out, as the outbound policies see it. */
export class RouteAnswer implements OutgoingAnswer {
  readonly #answer: ServiceAnswer;

  constructor(answer: ServiceAnswer) {
    this.#answer = answer;
  }

  get status(): number {
    return this.#answer.status;
  }

  get body(): string | Buffer | undefined {
    return Buffer.isBuffer(this.#answer.body) ? this.#answer.body : undefined;
  }

  header(name: string): string | undefined {
    return this.#answer.headers.get(name.toLowerCase());
  }

  headerValues(name: string): readonly string[] {
    return this.#answer.headers.all(name.toLowerCase());
  }

  setStatus(status: number): void {
    this.#answer.status = status;
  }

  appendHeader(name: string, value: string): void {
    this.#answer.headers.append(name.toLowerCase(), value);
  }

  setHeader(name: string, value: string): void {
    this.#answer.headers.set(name.toLowerCase(), value);
  }

  removeHeader(name: string): void {
    this.#answer.headers.delete(name.toLowerCase());
  }

  replace(status: number, body: string | Buffer): void {
    if (this.#answer.body instanceof Readable) this.#answer.body.destroy();
    this.#answer.status = status;
    this.#answer.body = Buffer.from(body as string);
    this.#answer.headers.delete('content-length');
  }
}
