import type { OutgoingAnswer } from '@portico/core';
import type { FastifyReply } from 'fastify';

/** Fastify's reply as the outbound policies see it. */
export class FastifyAnswer implements OutgoingAnswer {
  readonly #reply: FastifyReply;
  /** What is handed on to Fastify. */
  payload: unknown;

  constructor(reply: FastifyReply, payload: unknown) {
    this.#reply = reply;
    this.payload = payload;
  }

  get status(): number {
    return this.#reply.statusCode;
  }

  get body(): string | Buffer | undefined {
    return typeof this.payload === 'string' || Buffer.isBuffer(this.payload) ? this.payload : undefined;
  }

  header(name: string): string | undefined {
    const value = this.#reply.getHeader(name);
    return value === undefined ? undefined : String(value);
  }

  headerValues(name: string): readonly string[] {
    const value = this.#reply.getHeader(name);
    return value === undefined ? [] : [value].flat().map(String);
  }

  setStatus(status: number): void {
    this.#reply.code(status);
  }

  appendHeader(name: string, value: string): void {
    const values = [...this.headerValues(name), value];
    // Fastify itself appends what is set again of this one field.
    if (name.toLowerCase() === 'set-cookie') this.#reply.header(name, value);
    else this.#reply.header(name, values.length === 1 ? value : values);
  }

  setHeader(name: string, value: string): void {
    this.#reply.header(name, value);
  }

  removeHeader(name: string): void {
    this.#reply.removeHeader(name);
  }

  replace(status: number, body: string | Buffer): void {
    this.#reply.code(status);
    this.payload = body;
  }
}
