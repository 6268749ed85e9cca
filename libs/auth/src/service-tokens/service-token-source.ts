import { PorticoError, type Awaitable, type Clock, type Random, type RequestContext, type ServiceCredential, type ServiceTokenTarget } from '@portico/core';
import { LRUCache } from 'lru-cache';
import type { IdentityProvider } from '../session/identity-provider.js';
import { refreshTime } from '../session/refresh-time.js';
import { SingleFlight } from '../single-flight.js';
import type { ServiceToken } from './service-token.js';
import { serviceTokenFailure, sessionEnded } from './service-token-failure.js';

export interface ServiceTokenSourceDeps {
  readonly provider: Pick<IdentityProvider, 'ownToken' | 'exchange'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Tokens that are kept, one for each user; those not used for longest give way. */
  readonly maxEntries: number;
}

// A token that ends on its way to a service is of no use to it.
const tooShortMs = 1_000;

/** Key of the token in the gateway's own name: no user's token is empty. */
const own = '';

/**
 * The tokens by which this gateway calls one service: one of its own, and one for each user, exchanged for the token by which the gateway knows him. They are kept as long as they are good,
 * and got once for however many calls wait; one that ends soon is replaced in the background.
 */
export class ServiceTokenSource implements ServiceCredential {
  readonly #target: ServiceTokenTarget;
  readonly #deps: ServiceTokenSourceDeps;
  readonly #kept: LRUCache<string, ServiceToken>;
  readonly #flights = new SingleFlight<string>();

  constructor(target: ServiceTokenTarget, deps: ServiceTokenSourceDeps) {
    this.#target = target;
    this.#deps = deps;
    // By `max` the package would make room for all of them at once, for each service.
    this.#kept = new LRUCache({ maxSize: deps.maxEntries, sizeCalculation: () => 1 });
  }

  /** As `ServiceCredential` says, but SESSION_MISSING where the token is that of a session; INTERNAL for a user who is known by no token, and when the issuer refuses what is asked for. */
  of(context: RequestContext | undefined): Awaitable<string> {
    if (context?.caller.kind !== 'user' || this.#target.onBehalfOf === 'gateway') return this.#tokenFor(own);
    const { subjectToken } = context;
    if (typeof subjectToken === 'string') return this.#tokenFor(subjectToken);
    if (!subjectToken) throw new PorticoError('INTERNAL', { cause: new Error(`The caller has no token to exchange for one for ${this.#target.audience}`) });
    const token = subjectToken();
    const got = token instanceof Promise ? token.then((text) => this.#tokenFor(text)) : this.#tokenFor(token);
    return got instanceof Promise ? got.catch(sessionEnded) : got;
  }

  refused(authorization: string): void {
    for (const [subject, kept] of this.#kept.entries()) if (kept.authorization === authorization) this.#kept.delete(subject);
  }

  /** Gets the gateway's own token before a call needs it. Never rejects: an issuer that is down is asked again by the first call. */
  async prefetch(): Promise<void> {
    await Promise.resolve(this.of(undefined)).catch(() => {});
  }

  #tokenFor(subject: string): Awaitable<string> {
    const now = this.#deps.clock.epochMs();
    const kept = this.#kept.get(subject);
    if (kept && now < kept.refreshAtMs) return kept.authorization;
    const fresh = this.#flights.run(subject, () => this.#get(subject));
    if (!kept || now >= kept.endsAtMs - tooShortMs) return fresh;
    fresh.catch(() => {});
    return kept.authorization;
  }

  async #get(subject: string): Promise<string> {
    const { provider, clock, random } = this.#deps;
    const { audience, scope } = this.#target;
    const askedAtMs = clock.epochMs();
    try {
      const { accessToken, accessLifeMs } = await (subject === own ? provider.ownToken(audience, scope) : provider.exchange(subject, audience, scope));
      const authorization = `Bearer ${accessToken}`;
      this.#kept.set(subject, { authorization, refreshAtMs: refreshTime(askedAtMs, accessLifeMs, random), endsAtMs: askedAtMs + accessLifeMs });
      return authorization;
    } catch (error) {
      throw serviceTokenFailure(error, subject !== own);
    }
  }
}
