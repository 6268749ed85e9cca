import type { IncomingMessage } from 'node:http';
import { PorticoError } from '@portico/core';
import { queryOf, ticketOf } from '@portico/realtime';
import { checkedHubName } from '../hubs/hub-name.js';
import type { PushHub } from '../hubs/push-hub.js';
import type { PushHubs } from '../hubs/push-hubs.js';
import type { PushTokens } from '../push-tokens.js';
import type { PageOrigins } from './page-origins.js';
import { pushCaller, type PushCaller } from './push-caller.js';

export interface ClientDoorDeps {
  readonly origins: PageOrigins;
  readonly tokens: PushTokens;
  readonly hubs: PushHubs;
}

/** A client's request that was let in. */
export interface LetIn {
  readonly hub: PushHub;
  readonly caller: PushCaller;
}

/** Lets clients in: by where their page comes from, the hub that they name, and their token. */
export class ClientDoor {
  readonly origins: PageOrigins;
  readonly #tokens: PushTokens;
  readonly #hubs: PushHubs;

  constructor({ origins, tokens, hubs }: ClientDoorDeps) {
    this.origins = origins;
    this.#tokens = tokens;
    this.#hubs = hubs;
  }

  /**
   * @param mayAskByQuery whether the token may stand in the query, for browsers cannot set it elsewhere: for a WebSocket and an event stream
   * @throws PorticoError `ORIGIN_FORBIDDEN`, `REQUEST_INVALID`, `TOKEN_MISSING`, `TOKEN_INVALID`, or what `PushHubs.get` throws
   */
  async letIn(request: IncomingMessage, mayAskByQuery: boolean): Promise<LetIn> {
    this.checkOrigin(request);
    const query = queryOf(request);
    const asWritten = query.get('hub') ?? undefined;
    const name = checkedHubName(asWritten);
    const token = mayAskByQuery || !query.has('access_token') ? ticketOf(request) : undefined;
    if (token === undefined) throw new PorticoError('TOKEN_MISSING', { headers: { 'www-authenticate': 'Bearer' } });
    const claims = this.#tokens.client(token, name, asWritten as string);
    if (!claims) throw new PorticoError('TOKEN_INVALID', { headers: { 'www-authenticate': 'Bearer error="invalid_token"' } });
    return { hub: await this.#hubs.get(name), caller: pushCaller(claims, query) };
  }

  /** @throws PorticoError `ORIGIN_FORBIDDEN` */
  checkOrigin({ headers }: IncomingMessage): void {
    if (!this.origins.allows(headers.origin)) throw new PorticoError('ORIGIN_FORBIDDEN');
  }
}
