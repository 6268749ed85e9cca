import type { GatewayConfig } from '../gateway.config.js';
import type { SessionConfig } from '../identity/session.config.js';
import { isSameHost } from '../routes/upgrade-origin.js';

/** From where pages may use a connection to a hub: browsers let any page open one, and tell only where it came from (RFC 6455 10.2). */
export class HubOrigins {
  readonly #allowed: ReadonlySet<string>;
  readonly #needed: boolean;

  /** With cookie sessions only pages are served, so that an origin is needed; elsewhere apps call too, which have none. */
  constructor({ cors, ...config }: GatewayConfig) {
    const { session } = config as { session?: SessionConfig };
    this.#allowed = new Set(session ? [new URL(session.publicOrigin).origin, ...session.origins] : cors.origins);
    this.#needed = session !== undefined;
  }

  /** @param host as the request names this gateway */
  allows(origin: string | undefined, host: string): boolean {
    if (origin === undefined) return !this.#needed;
    return this.#allowed.has(origin) || (!this.#needed && isSameHost(origin, host));
  }
}
