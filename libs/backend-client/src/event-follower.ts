import { randomBytes, randomUUID } from 'node:crypto';
import { Cancellation, Deadline, noEndpoint, PorticoError, RequestContext, silentTelemetry, type Clock, type Random, type Timer } from '@portico/core';
import { createParser } from 'eventsource-parser';
import type { ServiceEvents } from './service-events.js';
import type { ForwardedAnswer } from './forward-attempt.js';
import type { ServiceForwarder } from './service-forwarder.js';

/** What a follower hears. */
export interface EventListener<T> {
  /** An event, in its order. What it throws is reported as trouble. */
  readonly onEvent: (event: T) => void;
  /** A stream that could not be had or broke off, or an event that could not be read; it is asked for again by itself. */
  readonly onTrouble?: (error: unknown) => void;
}

export interface EventFollowerDeps {
  readonly forwarder: Pick<ServiceForwarder, 'send'>;
  readonly clock: Clock;
  readonly random: Random;
  /** When it is asked for first; at once by default. */
  readonly settled?: Promise<void> | undefined;
}

/** Time in which a stream must begin, in ms. */
const beginMs = 5_000;
/** Longest silence of a stream, in ms: services say at least a comment every 15 s. */
const silenceMs = 45_000;
const firstPauseMs = 500;
const longestPauseMs = 30_000;

/** Follows a stream of events for as long as it is open: one that ends is asked for again, from the last event on, after pauses that grow while it fails. */
export class EventFollower<T> {
  readonly #events: ServiceEvents<T>;
  readonly #listener: EventListener<T>;
  readonly #deps: EventFollowerDeps;
  readonly #cancellation = new Cancellation();
  #lastId = '';
  #failures = 0;
  #pause: Timer | undefined;

  constructor(events: ServiceEvents<T>, listener: EventListener<T>, deps: EventFollowerDeps) {
    this.#events = events;
    this.#listener = listener;
    this.#deps = deps;
    void (deps.settled ? deps.settled.then(() => this.#follow()) : this.#follow());
  }

  /** Ends it. */
  close(): void {
    this.#pause?.cancel();
    this.#cancellation.cancel(new PorticoError('GATEWAY_STOPPING'));
  }

  async #follow(): Promise<void> {
    try {
      await this.#read(await this.#ask());
    } catch (error) {
      if (this.#cancellation.cancelled) return;
      this.#failures++;
      this.#listener.onTrouble?.(error);
    }
    if (this.#cancellation.cancelled) return;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures, 10));
    this.#pause = this.#deps.clock.schedule(() => void this.#follow(), pauseMs * (1 - this.#deps.random() / 2));
  }

  async #ask(): Promise<ForwardedAnswer> {
    const { clock, forwarder } = this.#deps;
    const { path, service } = this.#events;
    const context = this.#context();
    const headers = ['accept', 'text/event-stream', 'x-correlation-id', context.id, ...(this.#lastId === '' ? [] : ['last-event-id', this.#lastId])];
    const call = { method: 'GET', path, headers, body: undefined, upgrade: undefined, idleTimeoutMs: silenceMs, context };
    const answer = await forwarder.send(call, { dueAt: clock.now() + beginMs, repeatable: true, cancellation: this.#cancellation });
    if (answer.status === 200) return answer;
    answer.body();
    context.cancellation.cancel(new PorticoError('SERVICE_ANSWER_INVALID'));
    throw new PorticoError('SERVICE_ANSWER_INVALID', { cause: new Error(`${service} answered ${answer.status} where it streams events`) });
  }

  async #read(answer: ForwardedAnswer): Promise<void> {
    const { service, read } = this.#events;
    const parser = createParser({
      onEvent: ({ id, data }) => {
        this.#failures = 0;
        if (id !== undefined) this.#lastId = id;
        try {
          this.#listener.onEvent(read(service, data));
        } catch (error) {
          this.#listener.onTrouble?.(error);
        }
      },
    });
    const body = answer.body();
    const text = new TextDecoder();
    for await (const chunk of Buffer.isBuffer(body) ? [body] : body) parser.feed(text.decode(chunk as Buffer, { stream: true }));
  }

  /** A stream belongs to no request: it is asked for in the gateway's own name, and ends with the follower. */
  #context(): RequestContext {
    const { clock } = this.#deps;
    const trace = { traceId: randomBytes(16).toString('hex'), spanId: randomBytes(8).toString('hex'), parentSpanId: '', sampled: false, state: '' };
    const deadline = new Deadline(clock, clock.now(), beginMs);
    const context = new RequestContext({ id: randomUUID(), method: 'GET', url: this.#events.path, headers: {}, address: '', trace, deadline, endpoint: noEndpoint, telemetry: silentTelemetry });
    this.#cancellation.add(context.cancellation);
    return context;
  }
}
