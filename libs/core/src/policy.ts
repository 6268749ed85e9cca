import type { Endpoint } from './endpoint.js';
import type { ForwardRequest, ServiceAnswer } from './forward-request.js';
import type { PorticoError } from './portico-error.js';
import type { RequestContext } from './request-context.js';

/** A value, or the promise of one. A step that has nothing to wait for returns no promise: the pipeline then does not wait either. */
export type Awaitable<T> = T | Promise<T>;

/** The answer on its way out, as the outbound section sees it. */
export interface OutgoingAnswer {
  readonly status: number;
  /** Serialised body; undefined while it is streamed or absent. */
  readonly body: string | Buffer | undefined;
  /** Value of a field by its lower-case name, those of a repeated one joined by a comma. */
  header(name: string): string | undefined;
  /** Every value of a field, in order. */
  headerValues(name: string): readonly string[];
  /** Replaces the value or values of a field. */
  setHeader(name: string, value: string): void;
  /** Adds a value to those that a field has. */
  appendHeader(name: string, value: string): void;
  removeHeader(name: string): void;
  setStatus(status: number): void;
  /** Replaces status and body, as a 304 does. */
  replace(status: number, body: string | Buffer): void;
}

/** What a policy does for one endpoint. */
export interface PolicySteps {
  /** Before the operation. Throws a `PorticoError` to refuse, sets `context.ready` to answer at once. */
  readonly inbound?: (context: RequestContext) => Awaitable<void>;
  /**
   * Around the call of a configured route to its service; the first policy of the list is the outermost. May change the request, answer without calling `next`,
   * call it again for a request whose body is no stream, or replace what it brings.
   */
  readonly backend?: (context: RequestContext, request: ForwardRequest, next: () => Promise<ServiceAnswer>) => Promise<ServiceAnswer>;
  /** After the operation, before the answer leaves. Not run for problem answers. */
  readonly outbound?: (context: RequestContext, answer: OutgoingAnswer) => Awaitable<void>;
  /** After a failure: may return another error to answer with. */
  readonly onError?: (context: RequestContext, error: PorticoError) => PorticoError | void;
}

/** Finds a shared object by its class or token, at start. */
export type Resolve = <T>(token: abstract new (...args: never[]) => T) => T;

/** A configured or declared step of the pipeline. */
export interface Policy {
  readonly name: string;
  /** Called once per endpoint at start; undefined when the policy has nothing to do there. */
  compile(endpoint: Endpoint, resolve: Resolve): PolicySteps | undefined;
}
