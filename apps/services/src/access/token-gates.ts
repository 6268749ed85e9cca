import { serviceAudience } from '../identity/service-audience.js';
import type { ServiceName } from '../service-catalogue.js';
import type { ServiceTokenSettings, TokenIssuer } from './service-tokens.settings.js';
import { TokenGate } from './token-gate.js';

/** What of the identity service is known before it listens. */
export interface OwnIdentity {
  /** Whether it runs in this process. */
  readonly here: boolean;
  /** The `iss` it is told to use; by default its origin. */
  readonly issuer?: string | undefined;
}

/** The gates of the services in one process, which all trust the same issuer. */
export class TokenGates {
  readonly #settings: ServiceTokenSettings;
  readonly #own: OwnIdentity;
  #origin: string | undefined;

  /** Throws when tokens are required and nobody is known who issues them. */
  constructor(settings: ServiceTokenSettings, own: OwnIdentity) {
    this.#settings = settings;
    this.#own = own;
    if (settings.mode === 'required' && !this.#issued) throw new Error('tokens are required, but it is not said who issues them');
  }

  /** The gate of a service; undefined if it is open: always for the identity service, and for all while no issuer is known. */
  for(name: ServiceName): TokenGate | undefined {
    const { mode = 'optional' } = this.#settings;
    if (name === 'identity' || mode === 'off' || !this.#issued) return undefined;
    return new TokenGate({ mode, audience: serviceAudience(name), issuer: () => this.#issuer(), nowMs: Date.now });
  }

  /** Says where the identity service of this process has come to listen. */
  identityListens(origin: string): void {
    this.#origin = origin;
  }

  get #issued(): boolean {
    return this.#own.here || this.#settings.issuer !== undefined;
  }

  #issuer(): TokenIssuer | undefined {
    if (this.#own.here && this.#origin === undefined) return undefined;
    const issuer = this.#settings.issuer ?? this.#own.issuer ?? this.#origin;
    const keysAt = this.#origin ?? issuer;
    return issuer === undefined || keysAt === undefined ? undefined : { issuer, jwksUri: this.#settings.jwksUri ?? new URL('/jwks', keysAt).href };
  }
}
