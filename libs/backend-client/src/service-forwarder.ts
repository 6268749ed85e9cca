import { Readable } from 'node:stream';
import type { CallSpan, Cancellation, Clock, RequestContext, ServiceCredential } from '@portico/core';
import { ContextAffinity, type InstanceSet, type InstanceState } from '@portico/discovery';
import { compose, ServiceExecution, type Execution, type Strategy, type Work } from '@portico/resilience';
import { sendAdmitted, type AdmittedCall } from './admitted-call.js';
import type { AttemptedCall, AttemptLedger } from './attempt-ledger.js';
import { ForwardAttempt, type ForwardedAnswer } from './forward-attempt.js';
import type { InstancePools } from './instance-pools.js';
import { retryAfterMs } from './retry-after.js';
import { RefusedForward, statusRefused } from './service-error.js';
import { troubledStatuses } from './troubled-statuses.js';

/** A request that is passed on to a service. */
export interface ForwardCall {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Names and values in turn, as they are sent. */
  readonly headers: readonly string[];
  /** A stream is sent once; bytes may be sent again. */
  readonly body: Buffer | Readable | undefined;
  /** Protocol to upgrade to, as `websocket`. */
  readonly upgrade: string | undefined;
  /** Longest pause while a body comes, in ms. */
  readonly idleTimeoutMs: number;
  readonly context: RequestContext;
}

/** A call on its way from attempt to attempt. */
interface ForwardExchange extends AttemptedCall, AdmittedCall {
  readonly call: ForwardCall;
  readonly attempts: ForwardAttempt[];
}

export interface ForwardFacts {
  /** Monotonic moment by which the answer must begin. */
  readonly dueAt: number;
  readonly repeatable: boolean;
  /** Gives the exchange up, also while its body comes. */
  readonly cancellation: Cancellation;
}

export interface ForwarderDependencies {
  readonly service: string;
  readonly ledger: AttemptLedger;
  readonly instances: InstanceSet;
  readonly pools: InstancePools;
  readonly clock: Clock;
  /** What lets the calls in, where the service takes tokens. */
  readonly credential: ServiceCredential | undefined;
}

/**
 * Passes requests on to one service, inside a stack of strategies: any status is an answer, and passes as it came. 5xx counts against the service; 429, 502, 503 and 504 are
 * tried again where that is safe, and are the answer when no attempt brings another one. Once an answer has begun it is not repeated.
 */
export class ServiceForwarder {
  readonly #deps: ForwarderDependencies;
  readonly #send: Work<ForwardExchange, ForwardedAnswer>;

  constructor(strategies: readonly Strategy[], deps: ForwarderDependencies) {
    this.#deps = deps;
    this.#send = compose(strategies, (execution) => this.#attempt(execution));
  }

  /** @throws PorticoError SERVICE_UNAVAILABLE, SERVICE_TIMEOUT or SERVICE_ANSWER_INVALID when no answer has begun */
  send(call: ForwardCall, facts: ForwardFacts): Promise<ForwardedAnswer> {
    const { instances } = this.#deps;
    const hint = instances.needsHint ? instances.hint(call, new ContextAffinity(call.context)) : undefined;
    const { context, method } = call;
    const exchange: ForwardExchange = { call, context, method, template: undefined, span: context.callSpan, instance: undefined, hint, attempts: [], authorization: undefined, unauthorized: false };
    return this.#enter(exchange, facts).then(
      (answer) => this.#answered(exchange, answer),
      (error: unknown) => this.#answered(exchange, answerWithin(error, exchange)),
    );
  }

  #enter(exchange: ForwardExchange, facts: ForwardFacts): Promise<ForwardedAnswer> {
    const { credential, clock } = this.#deps;
    const { call, context } = exchange;
    const send = (): Promise<ForwardedAnswer> => this.#send(new ServiceExecution(exchange, facts));
    if (!credential || names(call.headers, 'authorization')) return send();
    return sendAdmitted(exchange, { credential, clock, context, limits: facts, again: !(call.body instanceof Readable), send });
  }

  #answered({ hint, attempts }: ForwardExchange, answer: ForwardedAnswer): ForwardedAnswer {
    if (hint && answer.instance && !troubledStatuses.has(answer.status)) this.#deps.instances.answered(answer.instance, hint);
    // What a refused attempt or the loser of a race still holds would keep its connection.
    for (const attempt of attempts) if (attempt !== answer) attempt.discard();
    return answer;
  }

  #attempt(execution: Execution<ForwardExchange>): Promise<ForwardedAnswer> {
    const { call, attempts, authorization } = execution.call;
    const attempt = new ForwardAttempt(this.#deps.service);
    attempts.push(attempt);
    const send = (instance: InstanceState, _: number, span: CallSpan | undefined): void => {
      attempt.instance = instance;
      const { path, method, body, upgrade, idleTimeoutMs } = call;
      const traced = span ? underSpan(call.headers, span) : call.headers;
      const headers = authorization === undefined ? traced : [...traced, 'authorization', authorization];
      const options = { path: (instance.instance.pathPrefix ?? '') + path, method, headers: headers as string[], body: body ?? null, bodyTimeout: idleTimeoutMs, upgrade };
      this.#deps.pools.of(instance, upgrade !== undefined).dispatch(options as Parameters<ReturnType<InstancePools['of']>['dispatch']>[0], attempt);
    };
    return this.#deps.ledger.run(execution, attempt, send, (answer) => this.#accept(answer, attempt, execution.call));
  }

  #accept(answer: ForwardedAnswer, attempt: ForwardAttempt, exchange: ForwardExchange): ForwardedAnswer {
    const { context } = exchange.call;
    exchange.unauthorized = answer.status === 401;
    // The attempt leaves the execution's cancellation now; what comes of the body still ends with the request.
    if (!attempt.over) {
      context.cancellation.add(attempt);
      attempt.whenOver(() => context.cancellation.delete(attempt));
    }
    if (answer.status < 500 && answer.status !== 429) return answer;
    const refusal = statusRefused(this.#deps.service, answer.status, retryAfterMs(answer.fields.get('retry-after'), this.#deps.clock.epochMs()));
    throw new RefusedForward(refusal, answer);
  }
}

/** The answer that was refused and is passed on all the same, since there is no better one. */
function answerWithin(error: unknown, { attempts }: ForwardExchange): ForwardedAnswer {
  if (error instanceof RefusedForward) return error.answer;
  // One may have brought a connection at the very moment at which all were given up.
  for (const { socket } of attempts) socket?.destroy();
  throw error;
}

/** The same header fields, with the place of an attempt in the trace instead of that of the request. */
function underSpan(fields: readonly string[], { traceparent }: CallSpan): string[] {
  const sent = [...fields];
  for (let at = 0; at < sent.length; at += 2) if (sent[at] === 'traceparent') sent[at + 1] = traceparent;
  return sent;
}

/** Whether header fields, names and values in turn, have one of that name. */
function names(fields: readonly string[], wanted: string): boolean {
  for (let at = 0; at < fields.length; at += 2) if (fields[at]?.toLowerCase() === wanted) return true;
  return false;
}
