import type { Clock } from '@portico/core';
import type { ClaimSet } from '@portico/realtime';
import jwt from 'jsonwebtoken';

export interface PushTokensOptions {
  /** Public address, without a slash at the end. */
  readonly endpoint: () => string;
  /** The primary key, and the secondary if there is one. */
  readonly accessKeys: readonly string[];
  readonly clock: Clock;
}

/** Tokens of clients and services: JWTs by HS256 (RFC 7519), each for one address and with an end. */
export class PushTokens {
  readonly #options: PushTokensOptions;

  constructor(options: PushTokensOptions) {
    this.#options = options;
  }

  /** The primary key. */
  get signingKey(): string {
    return this.#options.accessKeys[0] as string;
  }

  /** What a client's token must name as its audience to be good for a hub. */
  clientAudience(hub: string): string {
    return `${this.#options.endpoint()}/client/?hub=${hub}`;
  }

  /**
   * Claims of a client's token; undefined when it is not good for the hub now.
   * @param asWritten the name of the hub as the request has it: tokens may write it so
   */
  client(token: string, hub: string, asWritten: string): ClaimSet | undefined {
    return this.#verify(token, [this.clientAudience(hub), this.clientAudience(asWritten)]);
  }

  /** Whether a service's token is good now for a path, which has no query. */
  isServices(token: string, path: string): boolean {
    return this.#verify(token, [this.#options.endpoint() + path.replace(/\/+$/, '')]) !== undefined;
  }

  #verify(token: string, audience: [string, ...string[]]): ClaimSet | undefined {
    const clockTimestamp = Math.floor(this.#options.clock.epochMs() / 1_000);
    for (const key of this.#options.accessKeys) {
      try {
        const claims = jwt.verify(token, key, { algorithms: ['HS256'], audience, clockTimestamp });
        if (typeof claims === 'object' && typeof claims.exp === 'number') return claims;
      } catch {
        // Perhaps the other key has signed it. Why it is refused nobody is told.
      }
    }
    return undefined;
  }
}
