import { createHash } from 'node:crypto';
import { systemClock, type Clock, type Random } from '@portico/core';
import type { Affinity } from './affinity.js';
import type { Balancer } from './balancer.js';
import type { InstanceState } from './instance-state.js';
import { PickHint, type HintRequest } from './pick-hint.js';
import { RoundRobinBalancer } from './round-robin.balancer.js';
import type { SessionAffinityOptions } from './session-affinity.config.js';

interface Session {
  readonly instanceId: string;
  readonly expiresAt: number;
}

/**
 * Keeps each session of a service with its instance, where the service's own cookie names the session: requests with the same value go to the same instance,
 * new ones to each in turn. Sets no cookie. What belongs where is remembered by this process alone; several gateways want `cookie-affinity` or `consistent-hash`.
 */
export class SessionAffinityBalancer implements Balancer {
  readonly name = 'session-affinity';
  readonly #options: SessionAffinityOptions;
  readonly #clock: Clock;
  readonly #otherwise = new RoundRobinBalancer(0);
  // The one that was used last is last.
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionAffinityOptions, clock: Clock = systemClock) {
    this.#options = options;
    this.#clock = clock;
  }

  hint(request: HintRequest, affinity: Affinity | undefined): PickHint {
    return new PickHint(request, affinity);
  }

  // Bound here already: other requests of the session may come before this one has its answer.
  pick(candidates: readonly InstanceState[], random: Random, hint?: PickHint): InstanceState {
    const session = hint ? this.#sessionOf(hint) : '';
    const known = this.#sessions.get(session);
    const home = known && known.expiresAt > this.#clock.now() && candidates.find(({ instance }) => instance.id === known.instanceId);
    const state = home || this.#otherwise.pick(candidates, random);
    this.#bind(session, state);
    return state;
  }

  answered(state: InstanceState, hint: PickHint): void {
    this.#bind(this.#sessionOf(hint), state);
  }

  #bind(session: string, { instance }: InstanceState): void {
    if (session === '') return;
    this.#sessions.delete(session);
    this.#sessions.set(session, { instanceId: instance.id, expiresAt: this.#clock.now() + this.#options.expiryMs });
    if (this.#sessions.size > this.#options.maxSessions) this.#sessions.delete(this.#sessions.keys().next().value!);
  }

  // Hashed: the ids of sessions are not to lie about, and their length is the client's choice.
  #sessionOf(hint: PickHint): string {
    if (hint.bound !== undefined) return hint.bound;
    const value = hint.affinity?.read(this.#options.cookie);
    return (hint.bound = value ? createHash('sha256').update(value).digest('base64url') : '');
  }
}
