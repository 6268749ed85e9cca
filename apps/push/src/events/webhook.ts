import type { Clock } from '@portico/core';
import type { EventsConfig } from './events.config.js';
import { Turns } from './turns.js';

/** What a service has answered to an event. */
export interface WebhookAnswer {
  readonly status: number;
  /** Undefined when it was longer than allowed. */
  readonly body: Uint8Array | undefined;
}

/** Stands for services that do not answer (RFC 9110 15.6.3, 15.6.5). */
const status = { unreachable: 502, late: 504 } as const;

/** Brings events to services over HTTP, so many at a time, and each only so long. Redirects are not followed: rules say where events go, nobody else. */
export class Webhook {
  readonly #config: EventsConfig;
  readonly #clock: Clock;
  readonly #turns: Turns;

  constructor(config: EventsConfig, clock: Clock) {
    this.#config = config;
    this.#clock = clock;
    this.#turns = new Turns(config.maxConcurrent);
  }

  /** Never rejects: 502 when the service cannot be reached, 504 when it does not answer in time. */
  async post(address: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array<ArrayBuffer>): Promise<WebhookAnswer> {
    const over = new AbortController();
    const timer = this.#clock.schedule(() => over.abort(), this.#config.timeoutMs);
    try {
      await this.#turns.begin(over.signal);
      try {
        const answer = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal: over.signal });
        return { status: answer.status, body: await this.#bodyOf(answer) };
      } finally {
        this.#turns.end();
      }
    } catch {
      return { status: over.signal.aborted ? status.late : status.unreachable, body: new Uint8Array() };
    } finally {
      timer.cancel();
    }
  }

  async #bodyOf({ body }: Response): Promise<Uint8Array | undefined> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    // Leaving the loop ends the rest.
    for await (const chunk of body ?? []) {
      bytes += chunk.length;
      if (bytes > this.#config.maxAnswerBytes) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
