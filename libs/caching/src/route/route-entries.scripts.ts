const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`;

// A command may have been on its way for as long: a call could seem to have begun that much later than it did.
const onTheWayMs = 500;

/**
 * Keeps an entry. KEYS: the entry, three indexes that it belongs to, and what says when each of them was purged; ARGV: the entry, how long it is kept and how long ago its call began, in ms.
 * Answers 0 when the call had begun before a purge. An index is ordered by the ends of its entries, so that those which have ended can be cut off.
 */
export const writeEntry = `${now}
for i = 5, 7 do
  local purged = redis.call('GET', KEYS[i])
  if purged and tonumber(purged) + ${onTheWayMs} > now - ARGV[3] then return 0 end
end
local keepMs = tonumber(ARGV[2])
redis.call('SET', KEYS[1], ARGV[1], 'PX', keepMs)
for i = 2, 4 do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now)
  redis.call('ZADD', KEYS[i], now + keepMs, KEYS[1])
  if redis.call('PTTL', KEYS[i]) < keepMs then redis.call('PEXPIRE', KEYS[i], keepMs) end
end
return 1`;

/** Longest that a call may have taken whose answer is shared, in ms: for so long a purge is remembered. */
export const longestCallMs = 60_000;

/** Drops the entries of an index. KEYS: the index, and what says when it was purged. Answers how many there were. */
export const purgeEntries = `${now}
local keys = redis.call('ZRANGE', KEYS[1], 0, -1)
local count = 0
for first = 1, #keys, 1000 do count = count + redis.call('UNLINK', unpack(keys, first, math.min(first + 999, #keys))) end
redis.call('UNLINK', KEYS[1])
redis.call('SET', KEYS[2], string.format('%.0f', now), 'PX', ${longestCallMs + 2 * onTheWayMs})
return count`;
