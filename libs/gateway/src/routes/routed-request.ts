import type { ForwardRequest, RequestContext } from '@portico/core';
import { forwardedHeaders } from '@portico/policies';
import type { Capture } from '@portico/routing';
import type { FastifyRequest } from 'fastify';
import { captureValues } from './capture-values.js';
import { hasBody } from './has-body.js';
import { MatchedRequest } from './matched-request.js';
import { requestPeer } from './request-peer.js';
import type { RouteBinding } from './route-binding.js';
import { SentTarget } from './sent-target.js';

/** A request for which a route was found: makes what is forwarded, and keeps it in step with what policies change. */
export class RoutedRequest extends MatchedRequest {
  readonly binding: RouteBinding;
  readonly #captures: readonly Capture[];
  readonly #target: SentTarget;
  #forward: ForwardRequest | undefined;

  constructor(binding: RouteBinding, captures: readonly Capture[], path: string, query: string) {
    super();
    this.binding = binding;
    this.#captures = captures;
    this.#target = new SentTarget(binding.target, { captures, path, query });
  }

  begin(context: RequestContext, request: FastifyRequest): ForwardRequest {
    const { definition } = this.binding;
    const { raw: incoming } = request;
    const values = captureValues(this.#captures);
    const forward: ForwardRequest = {
      service: definition.to.service,
      method: definition.to.method || context.method,
      ...this.#target.write(values),
      headers: forwardedHeaders(context, incoming.rawHeaders, requestPeer(request), definition.forwarding),
      values,
      body: hasBody(incoming) ? incoming : undefined,
      serviceBaseUrl: undefined,
    };
    if (definition.to.host === 'client' && context.headers.host !== undefined) forward.headers.set('host', String(context.headers.host));
    this.#forward = forward;
    return forward;
  }

  /** After the inbound section: writes path and query anew where a policy has changed values. */
  settle(): void {
    this.#target.settle(this.#forward as ForwardRequest);
  }
}
