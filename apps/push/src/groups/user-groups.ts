import type { Awaitable } from '@portico/core';

/** So many groups of a user are kept: the newest. */
export const maxGroupsOfUser = 100;

/** Longest time for which a membership is kept, in s: a year. */
export const maxMembershipS = 31_536_000;

/** The groups that later connections of a user join by themselves, by hub. */
export interface UserGroups {
  /** Keeps a membership for so long; one that is there already begins anew. Of more than 100 groups of a user the oldest go. */
  add(hub: string, user: string, group: string, ttlS: number): Awaitable<void>;
  /** Without a group: all of them. */
  remove(hub: string, user: string, group?: string): Awaitable<void>;
  of(hub: string, user: string): Awaitable<readonly string[]>;
  has(hub: string, user: string, group: string): Awaitable<boolean>;
}
