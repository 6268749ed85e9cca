import { anonymousCaller, type Caller } from './caller.js';
import type { CallSpan } from './call-span.js';
import { Cancellation } from './cancellation.js';
import type { Deadline } from './deadline.js';
import type { Endpoint } from './endpoint.js';
import type { ForwardRequest } from './forward-request.js';
import type { PorticoError } from './portico-error.js';
import type { SubjectToken } from './subject-token.js';
import type { Telemetry } from './telemetry.js';
import { formatTraceparent, type TraceContext } from './trace-context.js';

/** A part that did not deliver what it should have, as the answer's `Portico-Degraded` header reports it. */
export interface DegradedPart {
  readonly part: string;
  readonly reason: string;
}

/** A ready answer with which a policy ends the inbound section early, a cached one for instance. */
export interface ReadyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Facts of a request that never change. */
export interface RequestFacts {
  /** Correlation id: the client's, when well formed, or a new one. */
  readonly id: string;
  readonly method: string;
  /** Path and query as received. */
  readonly url: string;
  /** Header fields, names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Address of the client, as far as the trusted proxies vouch for it. */
  readonly address: string;
  readonly trace: TraceContext;
  readonly deadline: Deadline;
  readonly endpoint: Endpoint;
  readonly telemetry: Telemetry;
}

/** What every request carries through policies, operation, aggregate and service calls. */
export class RequestContext implements RequestFacts {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly address: string;
  readonly trace: TraceContext;
  readonly deadline: Deadline;
  readonly endpoint: Endpoint;
  readonly telemetry: Telemetry;
  /** Gives up every service call when the client leaves. */
  readonly cancellation = new Cancellation();
  /** Who asks; anonymous until the authenticate policy has run. */
  caller: Caller = anonymousCaller;
  /** The caller's own access token, where it is known by one. */
  subjectToken: SubjectToken | undefined = undefined;
  /** What is about to be sent, where the endpoint is a configured route. */
  forward: ForwardRequest | undefined = undefined;
  /** Set by a policy that already has the answer. */
  ready: ReadyAnswer | undefined = undefined;
  /** Parts that failed or were replaced, in the order in which it was noticed. */
  degraded: DegradedPart[] | undefined = undefined;
  /** Header fields for the answer, whatever it will be. */
  answerHeaders: [name: string, value: string][] | undefined = undefined;
  /** The error that the client was answered with. */
  failure: PorticoError | undefined = undefined;
  /** The sampled span of this request; owned by `observability`. */
  span: unknown = undefined;
  /** What calls made with this context hang under in the trace; undefined: the request's own span. */
  callSpan: CallSpan | undefined = undefined;

  #traceparent: string | undefined = undefined;

  constructor(facts: RequestFacts) {
    this.id = facts.id;
    this.method = facts.method;
    this.url = facts.url;
    this.headers = facts.headers;
    this.address = facts.address;
    this.trace = facts.trace;
    this.deadline = facts.deadline;
    this.endpoint = facts.endpoint;
    this.telemetry = facts.telemetry;
  }

  /** Value of a header that may stand only once; the first one where it repeats. */
  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** Adds a header field to the answer, whatever it will be. */
  setAnswerHeader(name: string, value: string): void {
    (this.answerHeaders ??= []).push([name, value]);
  }

  /** Notes that the answer lacks something. */
  degrade(part: string, reason: string): void {
    (this.degraded ??= []).push({ part, reason });
  }

  /** `traceparent` for the calls made on behalf of this request (W3C Trace Context); written once. */
  get traceparent(): string {
    return (this.#traceparent ??= formatTraceparent(this.trace));
  }

  /** The platform's signal for code that takes one; aborts when the client leaves. */
  get signal(): AbortSignal {
    return this.cancellation.toAbortSignal();
  }
}
