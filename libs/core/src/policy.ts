import type { Endpoint } from './endpoint.js';
import type { PorticoError } from './portico-error.js';
import type { RequestContext } from './request-context.js';

/** A value, or the promise of one. A step that has nothing to wait for returns no promise: the pipeline then does not wait either. */
export type Awaitable<T> = T | Promise<T>;

/** The answer on its way out, as the outbound section sees it. */
export interface OutgoingAnswer {
  readonly status: number;
  /** Serialised body; undefined while it is streamed or absent. */
  readonly body: string | Buffer | undefined;
  header(name: string): string | undefined;
  setHeader(name: string, value: string): void;
  removeHeader(name: string): void;
  /** Replaces status and body, as a 304 does. */
  replace(status: number, body: string | Buffer): void;
}

/** What a policy does for one endpoint. */
export interface PolicySteps {
  /** Before the operation. Throws a `PorticoError` to refuse, sets `context.ready` to answer at once. */
  readonly inbound?: (context: RequestContext) => Awaitable<void>;
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
