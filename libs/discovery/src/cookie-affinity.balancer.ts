import { systemClock, type Clock, type Random } from '@portico/core';
import type { Affinity } from './affinity.js';
import { AffinityToken } from './affinity-token.js';
import type { Balancer } from './balancer.js';
import type { CookieAffinityOptions } from './cookie-affinity.config.js';
import type { InstanceOutcome } from './instance-outcome.js';
import type { InstanceState } from './instance-state.js';
import { PickHint, type HintRequest } from './pick-hint.js';
import { plainBalancer } from './plain-balancers.js';

/**
 * Keeps each client with the instance that a signed cookie names. A client whose cookie is missing, forged, expired, or names an instance that is gone or left
 * out, gets one by the balancer underneath, and a cookie that names the one which answered it. Keeps no state: it holds over restarts and in every gateway
 * process that has the secret.
 */
export class CookieAffinityBalancer implements Balancer {
  readonly name = 'cookie-affinity';
  readonly #options: CookieAffinityOptions;
  readonly #clock: Clock;
  readonly #token: AffinityToken;
  readonly #otherwise: Balancer;
  readonly #tags = new WeakMap<InstanceState, string>();

  constructor(options: CookieAffinityOptions, clock: Clock = systemClock) {
    this.#options = options;
    this.#clock = clock;
    this.#token = new AffinityToken(options.cookie, options.secret);
    this.#otherwise = plainBalancer(options.otherwise, clock);
  }

  hint(request: HintRequest, affinity: Affinity | undefined): PickHint {
    return new PickHint(request, affinity);
  }

  pick(candidates: readonly InstanceState[], random: Random, hint?: PickHint): InstanceState {
    const bound = hint ? this.#boundTo(hint) : '';
    if (bound !== '') for (const candidate of candidates) if (this.#tagOf(candidate) === bound) return candidate;
    return this.#otherwise.pick(candidates, random);
  }

  answered(state: InstanceState, hint: PickHint): void {
    if (!hint.affinity) return;
    const { cookie, expiryMs, path, secure } = this.#options;
    const tag = this.#tagOf(state);
    const now = this.#clock.epochMs();
    if (this.#boundTo(hint) === tag && hint.boundUntil - now > expiryMs / 2) return;
    hint.bound = tag;
    hint.boundUntil = now + expiryMs;
    hint.affinity.write(cookie, this.#token.write(tag, hint.boundUntil), { maxAgeMs: expiryMs, path, httpOnly: true, sameSite: 'Lax', secure });
  }

  finished(state: InstanceState, outcome: InstanceOutcome): void {
    this.#otherwise.finished?.(state, outcome);
  }

  #boundTo(hint: PickHint): string {
    if (hint.bound !== undefined) return hint.bound;
    const value = hint.affinity?.read(this.#options.cookie);
    const read = value === undefined ? undefined : this.#token.read(value);
    if (!read || read.expiresAt <= this.#clock.epochMs()) return (hint.bound = '');
    hint.boundUntil = read.expiresAt;
    return (hint.bound = read.tag);
  }

  #tagOf(state: InstanceState): string {
    let tag = this.#tags.get(state);
    if (tag === undefined) this.#tags.set(state, (tag = this.#token.tagOf(state.instance)));
    return tag;
  }
}
