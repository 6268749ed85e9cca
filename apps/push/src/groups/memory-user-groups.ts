import type { Clock } from '@portico/core';
import { maxGroupsOfUser, type UserGroups } from './user-groups.js';

/** Of so many users groups are kept; of more, those go whose last change is longest ago. */
const maxUsers = 100_000;

/** For a single replica: they are gone when it ends. */
export class MemoryUserGroups implements UserGroups {
  readonly #clock: Clock;
  /** By user and then by group, the newest last: when the membership ends, in ms of the clock. */
  readonly #users = new Map<string, Map<string, number>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(hub: string, user: string, group: string, ttlS: number): void {
    const key = keyOf(hub, user);
    const groups = this.#live(key);
    groups.delete(group);
    groups.set(group, this.#clock.now() + ttlS * 1_000);
    for (const oldest of groups.keys()) {
      if (groups.size <= maxGroupsOfUser) break;
      groups.delete(oldest);
    }
    this.#users.delete(key);
    this.#users.set(key, groups);
    for (const oldest of this.#users.keys()) {
      if (this.#users.size <= maxUsers) break;
      this.#users.delete(oldest);
    }
  }

  remove(hub: string, user: string, group?: string): void {
    const key = keyOf(hub, user);
    const groups = this.#users.get(key);
    if (group !== undefined) groups?.delete(group);
    if (group === undefined || groups?.size === 0) this.#users.delete(key);
  }

  of(hub: string, user: string): readonly string[] {
    return [...this.#live(keyOf(hub, user)).keys()];
  }

  has(hub: string, user: string, group: string): boolean {
    return this.#live(keyOf(hub, user)).has(group);
  }

  #live(key: string): Map<string, number> {
    const groups = this.#users.get(key) ?? new Map<string, number>();
    const now = this.#clock.now();
    for (const [group, endsAt] of groups) if (endsAt <= now) groups.delete(group);
    return groups;
  }
}

function keyOf(hub: string, user: string): string {
  // No name of a hub has a colon.
  return `${hub}:${user}`;
}
