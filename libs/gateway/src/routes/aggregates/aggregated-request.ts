import type { ForwardRequest, RequestContext, ServiceAnswer } from '@portico/core';
import { forwardedHeaders } from '@portico/policies';
import type { Capture } from '@portico/routing';
import type { FastifyRequest } from 'fastify';
import { captureValues } from '../capture-values.js';
import { hasBody } from '../has-body.js';
import { MatchedRequest } from '../matched-request.js';
import { requestPeer } from '../request-peer.js';
import type { TargetFacts } from '../sent-target.js';
import type { AggregateBinding } from './aggregate-binding.js';

/**
 * A request that an aggregate takes. What it forwards is what each part's call is made from: header fields, values and query, as the inbound
 * policies of the aggregate leave them; `service` is empty, for there are several.
 */
export class AggregatedRequest extends MatchedRequest {
  readonly binding: AggregateBinding;
  readonly #facts: TargetFacts;

  constructor(binding: AggregateBinding, captures: readonly Capture[], path: string, query: string) {
    super();
    this.binding = binding;
    this.#facts = { captures, path, query };
  }

  begin(context: RequestContext, request: FastifyRequest): ForwardRequest {
    const { captures, path, query } = this.#facts;
    return {
      service: '',
      method: context.method,
      path,
      query,
      headers: forwardedHeaders(context, request.raw.rawHeaders, requestPeer(request), this.binding.definition.forwarding),
      values: captureValues(captures),
      body: hasBody(request.raw) ? request.raw : undefined,
      serviceBaseUrl: undefined,
    };
  }

  /**
   * Makes the answer, after the inbound section.
   * @throws PorticoError of the first required part that failed
   */
  answer(context: RequestContext): Promise<ServiceAnswer> {
    return this.binding.aggregate.answer(context, this.#facts);
  }
}
