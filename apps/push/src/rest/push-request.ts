import { PorticoError } from '@portico/core';
import type { HubClients } from '@portico/realtime';
import type { FastifyRequest } from 'fastify';
import { maxMembershipS } from '../groups/user-groups.js';
import { readPushCall, type PushCall } from './push-call.js';
import { queryValue, queryValues } from './query-value.js';

/** What a service asks of a hub, taken apart; each member throws PorticoError `REQUEST_INVALID` for what is wrong with it. */
export class PushRequest {
  readonly query: URLSearchParams;
  readonly #params: Readonly<Record<string, string>>;
  readonly #request: FastifyRequest;

  constructor(
    request: FastifyRequest,
    /** Name of the hub. */
    readonly hub: string,
    readonly clients: HubClients,
  ) {
    this.#request = request;
    this.#params = request.params as Record<string, string>;
    const { url = '' } = request.raw;
    this.query = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?') + 1) : '');
  }

  get group(): string {
    const { group = '' } = this.#params;
    if (group.trim() === '' || group.length > 1_024) throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'path.group', message: 'must have 1 to 1024 characters, not only blanks' }] });
    return group;
  }

  get user(): string {
    return this.#params['user'] ?? '';
  }

  get connection(): string {
    return this.#params['connection'] ?? '';
  }

  /** Connections that are left out. */
  get excluded(): string[] {
    return queryValues(this.query, 'excluded');
  }

  get reason(): string | undefined {
    return queryValue(this.query, 'reason');
  }

  /** For how long a membership is kept, in s: a year at most, and where nothing is said. */
  get ttlS(): number {
    return Math.min(maxMembershipS, this.wholeNumber('ttl', 0) ?? maxMembershipS);
  }

  get call(): PushCall {
    const { body, headers } = this.#request;
    if (!Buffer.isBuffer(body)) throw new PorticoError('REQUEST_MALFORMED', { detail: 'There is no body.' });
    return readPushCall(body, (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '');
  }

  /** A number of the query; undefined when it is not there. */
  wholeNumber(name: string, least: number): number | undefined {
    const text = queryValue(this.query, name.toLowerCase());
    if (text === undefined) return undefined;
    if (!/^\d{1,10}$/.test(text) || Number(text) < least) throw new PorticoError('REQUEST_INVALID', { faults: [{ path: `query.${name}`, message: `must be a whole number, at least ${least}` }] });
    return Number(text);
  }
}
