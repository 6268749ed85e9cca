import type { IncomingMessage } from 'node:http';
import type { ForwardRequest, RequestContext } from '@portico/core';
import { forwardedHeaders, type Peer } from '@portico/policies';
import type { Capture } from '@portico/routing';
import type { FastifyRequest } from 'fastify';
import type { RouteBinding } from './route-binding.js';

/** A request for which a route was found: makes what is forwarded, and keeps it in step with what policies change. */
export class RoutedRequest {
  readonly binding: RouteBinding;
  readonly #captures: readonly Capture[];
  readonly #path: string;
  readonly #query: string;
  #forward: ForwardRequest | undefined;
  #written = '';

  constructor(binding: RouteBinding, captures: readonly Capture[], path: string, query: string) {
    this.binding = binding;
    this.#captures = captures;
    this.#path = path;
    this.#query = query;
  }

  /** What would be sent if no policy changed it. */
  begin(context: RequestContext, { raw: incoming, ips }: FastifyRequest): ForwardRequest {
    const { definition, target } = this.binding;
    const values: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const { name, value } of this.#captures) values[name] = value;
    // Fastify lists further addresses only behind a proxy that is trusted.
    const peer: Peer = { address: incoming.socket.remoteAddress ?? '', trusted: ips !== undefined && ips.length > 1, scheme: 'encrypted' in incoming.socket ? 'https' : 'http' };
    const forward: ForwardRequest = {
      service: definition.to.service,
      method: definition.to.method || context.method,
      path: target.path(this.#captures, values, this.#path),
      query: target.query(this.#captures, values, this.#query),
      headers: forwardedHeaders(context, incoming.rawHeaders, peer, definition.forwarding),
      values,
      body: hasBody(incoming) ? incoming : undefined,
      serviceBaseUrl: undefined,
    };
    if (definition.to.host === 'client' && context.headers.host !== undefined) forward.headers.set('host', String(context.headers.host));
    this.#forward = forward;
    this.#written = this.#key(forward);
    return forward;
  }

  /** After the inbound section: writes path and query anew where a policy has changed values and left both alone. */
  settle(): void {
    const forward = this.#forward as ForwardRequest;
    const { target } = this.binding;
    if (this.#captures.every(({ name, value }) => forward.values[name] === value) && Object.keys(forward.values).length === this.#captures.length) return;
    if (this.#key(forward) !== this.#written) return;
    forward.path = target.path(this.#captures, forward.values, this.#path);
    forward.query = target.query(this.#captures, forward.values, this.#query);
  }

  #key({ path, query }: ForwardRequest): string {
    return `${path}?${query}`;
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0');
}
