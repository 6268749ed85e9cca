import type { Ask, ServiceTask } from '@portico/backend-client';
import type { Clock, ForwardRequest, PolicySteps } from '@portico/core';
import { captureValues } from '../capture-values.js';
import { forwardRequest } from '../forward-request.js';
import type { RouteBinding } from '../route-binding.js';
import { SentTarget } from '../sent-target.js';
import type { AggregateInput } from './aggregate-input.js';
import type { PartDefinition } from './aggregate-definition.js';
import type { CallValues } from './call-values.js';
import { readPartAnswer, type PartAnswer, type PartRules } from './part-answer.js';
import { partContext } from './part-context.js';
import { partHeaders } from './part-headers.js';

/** Calls of one part's route: what it sends and to whom is the route's matter, its backend section included; that it is called at all is the aggregate's. */
export class RouteCall {
  readonly #part: PartDefinition;
  readonly #route: RouteBinding;
  readonly #rules: PartRules;
  readonly #edits: readonly NonNullable<PolicySteps['inbound']>[];
  readonly #clock: Clock;
  readonly #credentials: boolean;

  /** @param edits what the route makes of a request before it is sent */
  constructor(part: PartDefinition, route: RouteBinding, rules: PartRules, edits: readonly NonNullable<PolicySteps['inbound']>[], clock: Clock) {
    this.#part = part;
    this.#route = route;
    this.#rules = rules;
    this.#edits = edits;
    this.#clock = clock;
    this.#credentials = route.definition.forwarding.treat('authorization').treatment === 'keep';
  }

  get service(): string {
    return this.#route.definition.to.service;
  }

  /** Whether the route's target has a placeholder of that name. */
  places(name: string): boolean {
    return this.#route.target.placeholders.includes(name);
  }

  task({ request, facts, body, context }: AggregateInput, { values: own, parameters, body: ownBody }: CallValues): ServiceTask<PartAnswer> {
    const captures = facts.captures.filter(({ name }) => !own.has(name));
    const target = new SentTarget(this.#route.target, { captures, path: facts.path, query: request.query, parameters });
    const { definition } = this.#route;
    const values = Object.assign(captureValues([]), request.values, Object.fromEntries(own));
    const sentBody = ownBody ?? (this.#part.body ? body : undefined);
    const { path, query } = target.write(values);
    const headers = partHeaders(request.headers, context, { body: sentBody !== undefined && !ownBody, credentials: this.#credentials });
    if (ownBody) headers.set('content-type', 'application/json');
    if (definition.to.host === 'client' && context.headers.host !== undefined) headers.set('host', String(context.headers.host));
    const forward: ForwardRequest = { service: this.service, method: this.#method(request.method), path, query, headers, values, body: sentBody, serviceBaseUrl: undefined };
    return { service: this.service, run: (ask) => this.#run(ask, forward, target) };
  }

  async #run(ask: Ask, forward: ForwardRequest, target: SentTarget): Promise<PartAnswer> {
    const { timeoutMs } = this.#route.definition;
    const dueAt = timeoutMs === undefined ? ask.dueAt : Math.min(ask.dueAt, this.#clock.now() + timeoutMs);
    const context = partContext({ ...ask, dueAt }, this.#route.endpoint, forward, this.#clock);
    ask.cancellation.add(context.cancellation);
    try {
      for (const edit of this.#edits) {
        const pending = edit(context);
        if (pending !== undefined) await pending;
      }
      target.settle(forward);
      const answer = await forwardRequest(context, this.#route, this.#clock);
      return await readPartAnswer(answer, this.#rules, { clock: this.#clock, dueAt, cancellation: context.cancellation });
    } finally {
      ask.cancellation.delete(context.cancellation);
      for (const { reason } of context.degraded ?? []) ask.context.degrade(this.#part.name, reason);
    }
  }

  /** The route's own; else the request's where its body goes along, POST for a body of its own, and GET otherwise; or what the route takes instead. */
  #method(asked: string): string {
    const { to, conditions } = this.#route.definition;
    if (to.method !== '') return to.method;
    if (this.#part.body && asked !== 'HEAD') return asked;
    const usual = this.#part.send ? 'POST' : 'GET';
    const [first = usual] = conditions.methods;
    return conditions.methods.includes(usual) ? usual : first;
  }
}
