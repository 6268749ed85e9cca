import type { IncomingHttpHeaders } from 'node:http';
import { systemClock, type Clock } from '@portico/core';
import type { ClientAccess, ClientAccessOptions } from './client-access.js';
import { readConnectionString, type PushAccess } from './connection-string.js';
import { isSignedBy } from './event-signature.js';
import { PushHub } from './push-hub.js';
import { PushRequester } from './push-request.js';
import { signToken } from './sign-token.js';

export interface PushEndpointOptions {
  readonly clock?: Clock;
  /** Longest wait for an answer, in ms; 5,000 by default. */
  readonly timeoutMs?: number;
}

const defaultMinutes = 60;

/** A push service as those see it who answer negotiations for it, send by it and hear its events: BFFs and services. It opens no connection of its own. */
export class PushEndpoint {
  readonly #access: PushAccess;
  readonly #clock: Clock;
  readonly #requester: PushRequester;

  /**
   * @param connectionString `Endpoint=…;AccessKey=…;Version=1.0;`
   * @throws TypeError when it is none
   */
  constructor(connectionString: string, { clock = systemClock, timeoutMs = 5_000 }: PushEndpointOptions = {}) {
    this.#access = readConnectionString(connectionString);
    this.#clock = clock;
    this.#requester = new PushRequester({ ...this.#access, clock, timeoutMs });
  }

  /** The clients of a hub, wherever they are connected. */
  hub(name: string): PushHub {
    return new PushHub(name, this.#requester);
  }

  /** What to answer a negotiation with, once it is known who asks: the client then connects to the push service, under this name. */
  clientAccess(hub: string, { userId, claims, minutes = defaultMinutes, closeAtEnd = false }: ClientAccessOptions = {}): ClientAccess {
    const { endpoint, accessKey } = this.#access;
    const url = `${endpoint}/client/?hub=${encodeURIComponent(hub)}`;
    const own = { ...(userId !== undefined && { nameid: userId }), ...(closeAtEnd && { 'asrs.s.coae': 'true' }) };
    const accessToken = signToken({ ...claims, ...own }, { accessKey, audience: `${endpoint}/client/?hub=${hub}`, lifeS: Math.round(minutes * 60), clock: this.#clock });
    return { url, accessToken };
  }

  /** Whether an event comes from the push service: whoever hears events has to ask, for anybody can post. */
  isFromPush(headers: IncomingHttpHeaders): boolean {
    const { 'x-asrs-connection-id': connectionId, 'x-asrs-signature': signature } = headers;
    return typeof connectionId === 'string' && typeof signature === 'string' && isSignedBy(signature, connectionId, this.#access.accessKey);
  }
}
