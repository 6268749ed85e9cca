import type { IncomingMessage } from 'node:http';
import type { PorticoError, RequestContext } from '@portico/core';
import type { FastifyReply } from 'fastify';
import type { GatewayReply } from '../accept/gateway-request.js';
import type { GatewayConfig } from '../gateway.config.js';
import { CrossOrigin } from './cross-origin.js';
import { requestFault, type RawRequest } from './request-fault.js';
import { securityFields } from './security-fields.js';
import { SingleFields } from './single-fields.js';

/** What a gateway looks at in every request, and what it adds to every answer: security headers, and what pages of other origins may do with it. */
export class Hardening {
  readonly #singleFields: SingleFields;
  readonly #security: typeof securityFields | undefined;
  readonly #crossOrigin: CrossOrigin | undefined;
  /** The lines for an answer to what is no request, as `name: value`. */
  readonly lines: readonly string[];

  /** @param methods what an address takes: asked when a page of another origin wants to know */
  constructor({ http, cors, apiKeys }: Pick<GatewayConfig, 'http' | 'cors' | 'apiKeys'>, methods: (incoming: IncomingMessage) => readonly string[]) {
    this.#singleFields = new SingleFields(apiKeys.header);
    this.#security = http.securityHeaders ? securityFields : undefined;
    this.#crossOrigin = cors.origins.length > 0 ? new CrossOrigin(cors, methods) : undefined;
    const fields: string[] = ['cache-control', 'no-store'];
    this.#complete(undefined, fields);
    this.lines = fields.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${fields[index + 1]}`] : []));
  }

  /** Why a request must not be acted upon, whatever it is addressed to; see `requestFault`. */
  requestFault(raw: RawRequest): PorticoError | undefined {
    return requestFault(raw, this.#singleFields);
  }

  /**
   * Answers the preflight of a page of another origin (Fetch standard, CORS-preflight); false for any other request.
   * @throws PorticoError ORIGIN_FORBIDDEN or ROUTE_NOT_FOUND for one that is refused
   */
  answersPreflight(context: RequestContext, reply: GatewayReply): boolean {
    const fields = this.#crossOrigin?.preflight(reply.request.raw);
    if (fields === undefined) return false;
    fields.push('x-correlation-id', context.id);
    this.#security?.completeFields(fields);
    const connection = reply.getHeader('connection');
    if (connection !== undefined) fields.push('connection', String(connection));
    void reply.hijack();
    reply.raw.writeHead(204, fields).end();
    return true;
  }

  /** Completes an answer that Fastify sends, last of all. */
  completeReply(reply: FastifyReply): void {
    this.#security?.completeReply(reply);
    this.#crossOrigin?.completeReply(reply);
  }

  /** Completes an answer that is written past Fastify: names and values in turn. */
  completeFields(context: RequestContext, fields: string[]): void {
    this.#complete(context.header('origin'), fields);
  }

  #complete(origin: string | undefined, fields: string[]): void {
    this.#security?.completeFields(fields);
    this.#crossOrigin?.completeFields(origin, fields);
  }
}
