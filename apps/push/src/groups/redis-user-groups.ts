import type { Clock } from '@portico/core';
import type { RedisConnection, RedisScript } from '@portico/redis';
import { maxGroupsOfUser, type UserGroups } from './user-groups.js';

// A hash by group: when it was added and when it ends, in ms since the Unix epoch. Cleaned at every addition, and gone with the last of them.
const addScript = `
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ':' .. ARGV[3])
local all = redis.call('HGETALL', KEYS[1])
local live, last = {}, '0'
for i = 1, #all, 2 do
  local added, ends = string.match(all[i + 1], '^(%d+):(%d+)$')
  if tonumber(ends) <= tonumber(ARGV[2]) then
    redis.call('HDEL', KEYS[1], all[i])
  else
    table.insert(live, { tonumber(added), all[i] })
    if tonumber(ends) > tonumber(last) then last = ends end
  end
end
table.sort(live, function(a, b) return a[1] > b[1] end)
for i = tonumber(ARGV[4]) + 1, #live do redis.call('HDEL', KEYS[1], live[i][2]) end
redis.call('PEXPIREAT', KEYS[1], last)`;

/** For all replicas that use the same Redis. */
export class RedisUserGroups implements UserGroups {
  readonly #redis: RedisConnection;
  readonly #clock: Clock;
  readonly #add: RedisScript;

  constructor(redis: RedisConnection, clock: Clock) {
    this.#redis = redis;
    this.#clock = clock;
    this.#add = redis.script(addScript);
  }

  async add(hub: string, user: string, group: string, ttlS: number): Promise<void> {
    const now = Math.floor(this.#clock.epochMs());
    await this.#add([keyOf(hub, user)], [group, now, now + ttlS * 1_000, maxGroupsOfUser]);
  }

  async remove(hub: string, user: string, group?: string): Promise<void> {
    if (group === undefined) await this.#redis.client.del(keyOf(hub, user));
    else await this.#redis.client.hdel(keyOf(hub, user), group);
  }

  async of(hub: string, user: string): Promise<readonly string[]> {
    const now = this.#clock.epochMs();
    const groups = Object.entries(await this.#redis.client.hgetall(keyOf(hub, user)));
    return groups.filter(([, times]) => endOf(times) > now).map(([group]) => group);
  }

  async has(hub: string, user: string, group: string): Promise<boolean> {
    const times = await this.#redis.client.hget(keyOf(hub, user), group);
    return times !== null && endOf(times) > this.#clock.epochMs();
  }
}

function keyOf(hub: string, user: string): string {
  return `push:groups:${hub}:${user}`;
}

function endOf(times: string): number {
  return Number(times.split(':')[1]);
}
