import { PorticoError, type Awaitable, type Clock } from '@portico/core';
import { IssuerKeys } from './issuer-keys.js';
import type { TokenVerifierConfig, TokenVerifierDeps } from './token-verifier.config.js';
import type { VerificationKey } from './verification-key.js';

const minFetchGapMs = 1_000;
const unknownKidMs = 1_500;
const maxUnknownKids = 1_000;

/**
 * The keys of one issuer. Asks it at most once a second whatever tokens arrive, takes a new key within two seconds,
 * and goes on with the keys it has while the issuer is down.
 */
export class JwksStore {
  readonly #config: TokenVerifierConfig;
  readonly #clock: Clock;
  readonly #issuer: IssuerKeys;
  readonly #onWithdrawn: (kids: ReadonlySet<string>) => void;
  readonly #unknownUntil = new Map<string, number>();
  #keys: ReadonlyMap<string, VerificationKey> = new Map();
  #loadedAt = -Infinity;
  #fetchedAt = -Infinity;
  #flight: Promise<void> | undefined;
  #failure: unknown;

  /** @param onWithdrawn called with the ids of keys that the issuer no longer publishes or has replaced */
  constructor(config: TokenVerifierConfig, deps: TokenVerifierDeps, onWithdrawn: (kids: ReadonlySet<string>) => void) {
    this.#config = config;
    this.#clock = deps.clock;
    this.#issuer = new IssuerKeys(config, deps);
    this.#onWithdrawn = onWithdrawn;
  }

  /**
   * The key `kid`; undefined when the issuer has none of that id. Waits only where it has to ask the issuer.
   * @throws PorticoError AUTHORITY_UNAVAILABLE when there are no keys at all and none can be had
   */
  find(kid: string): Awaitable<VerificationKey | undefined> {
    const now = this.#clock.now();
    if (this.#usable(now)) {
      const key = this.#keys.get(kid);
      if (key) {
        this.refreshWhenDue();
        return key;
      }
      if ((this.#unknownUntil.get(kid) ?? -Infinity) > now) return undefined;
    }
    const flight = this.#fetch(now);
    return flight ? flight.then(() => this.#settle(kid)) : this.#lookUp(kid, now);
  }

  /** Fetches the keys in the background once they are old; does not wait. */
  refreshWhenDue(): void {
    const now = this.#clock.now();
    if (now - this.#loadedAt > this.#config.refreshKeysS * 1_000) void this.#fetch(now);
  }

  /** Fetches the keys now, unless that was tried within the last second. Never rejects. */
  async prefetch(): Promise<void> {
    await this.#fetch(this.#clock.now());
  }

  #usable(now: number): boolean {
    return this.#keys.size > 0 && now - this.#loadedAt <= this.#config.maxStaleKeysS * 1_000;
  }

  #lookUp(kid: string, now: number): VerificationKey | undefined {
    if (!this.#usable(now)) throw new PorticoError('AUTHORITY_UNAVAILABLE', { headers: { 'retry-after': '1' }, cause: this.#failure });
    return this.#keys.get(kid);
  }

  #settle(kid: string): VerificationKey | undefined {
    const now = this.#clock.now();
    const key = this.#lookUp(kid, now);
    if (!key) this.#noteUnknown(kid, now);
    return key;
  }

  #noteUnknown(kid: string, now: number): void {
    this.#unknownUntil.delete(kid);
    this.#unknownUntil.set(kid, now + unknownKidMs);
    if (this.#unknownUntil.size <= maxUnknownKids) return;
    const [oldest] = this.#unknownUntil.keys();
    this.#unknownUntil.delete(oldest as string);
  }

  #fetch(now: number): Promise<void> | undefined {
    if (this.#flight) return this.#flight;
    if (now - this.#fetchedAt < minFetchGapMs) return undefined;
    this.#fetchedAt = now;
    this.#flight = this.#load().finally(() => (this.#flight = undefined));
    return this.#flight;
  }

  async #load(): Promise<void> {
    try {
      const keys = await this.#issuer.fetch();
      const withdrawn = new Set<string>();
      for (const [kid, { key }] of this.#keys) if (!keys.get(kid)?.key.equals(key)) withdrawn.add(kid);
      this.#keys = keys;
      this.#loadedAt = this.#clock.now();
      this.#failure = undefined;
      if (withdrawn.size > 0) this.#onWithdrawn(withdrawn);
    } catch (error) {
      this.#failure = error;
    }
  }
}
