import type { IncomingMessage } from 'node:http';
import { PorticoError } from '@portico/core';
import type { FastifyReply } from 'fastify';
import type { CorsConfig } from './cors.config.js';

/** Methods that no page may use, whatever an address takes (Fetch standard, forbidden methods). */
const forbidden = new Set(['CONNECT', 'TRACE']);

/**
 * Says which pages of other origins may read an answer. An origin is compared as it stands, and what is written back is the configured text.
 * Every answer varies by Origin, so that no cache gives that of one page to another.
 */
export class CrossOrigin {
  /** The fields of answers to each origin, names and values in turn. */
  readonly #granted: ReadonlyMap<string, readonly string[]>;
  /** What a preflight is told besides. */
  readonly #allowed: readonly string[];
  readonly #methods: (incoming: IncomingMessage) => readonly string[];

  /** @param methods what an address takes */
  constructor({ origins, headers, credentials, maxAgeS }: CorsConfig, methods: (incoming: IncomingMessage) => readonly string[]) {
    const withCookies = credentials ? ['access-control-allow-credentials', 'true'] : [];
    this.#granted = new Map(origins.map((origin) => [origin, ['access-control-allow-origin', origin, ...withCookies]]));
    this.#allowed = ['access-control-allow-headers', headers.join(', '), 'access-control-max-age', String(maxAgeS)];
    this.#methods = methods;
  }

  /**
   * The fields that a preflight is answered with, names and values in turn; undefined for any other request.
   * @throws PorticoError ORIGIN_FORBIDDEN for a page of another origin; ROUTE_NOT_FOUND for an address that takes no method
   */
  preflight(incoming: IncomingMessage): string[] | undefined {
    if (!isPreflight(incoming)) return undefined;
    const granted = this.#granted.get(incoming.headers.origin as string);
    if (granted === undefined) throw new PorticoError('ORIGIN_FORBIDDEN');
    const methods = this.#methods(incoming).filter((method) => !forbidden.has(method));
    if (methods.length === 0) throw new PorticoError('ROUTE_NOT_FOUND');
    return [...granted, 'access-control-allow-methods', methods.join(', '), ...this.#allowed, 'vary', 'Origin'];
  }

  /** For an answer that Fastify sends: a preflight that comes so far has been refused, and is told nothing. */
  completeReply(reply: FastifyReply): void {
    const vary = reply.getHeader('vary');
    void reply.header('vary', vary === undefined ? 'Origin' : withOrigin(String(vary)));
    for (const name of Object.keys(reply.getHeaders())) if (isGrant(name)) void reply.removeHeader(name);
    const granted = isPreflight(reply.request.raw) ? undefined : this.#granted.get(reply.request.headers.origin ?? '');
    for (let index = 0; granted !== undefined && index < granted.length; index += 2) void reply.header(granted[index] as string, granted[index + 1]);
  }

  /** For an answer whose names and values stand in turn: what a service says to pages of other origins is not said by this gateway. */
  completeFields(origin: string | undefined, fields: string[]): void {
    for (let index = fields.length - 2; index >= 0; index -= 2) if (isGrant(fields[index] as string)) fields.splice(index, 2);
    fields.push('vary', 'Origin');
    const granted = origin === undefined ? undefined : this.#granted.get(origin);
    if (granted !== undefined) fields.push(...granted);
  }
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers.origin !== undefined && headers['access-control-request-method'] !== undefined;
}

/** Whether a field lets pages do something; `access-control-expose-headers` only names what they see of an answer that they may read. */
function isGrant(name: string): boolean {
  return /^access-control-(?!expose-headers$)/i.test(name);
}

function withOrigin(vary: string): string {
  return vary.split(',').some((name) => /^(?:\*|origin)$/i.test(name.trim())) ? vary : `${vary}, Origin`;
}
