// The keys of the indices are put together here from stems, which carry the connection's prefix: one Redis, no cluster.
const forget = `
local function forget(key, member)
  local known = redis.call('HMGET', key, 'sid', 'sub')
  if not known[1] then return 0 end
  redis.call('DEL', key)
  redis.call('ZREM', KEYS[2] .. known[1], member)
  redis.call('ZREM', KEYS[3] .. known[2], member)
  return 1
end
`;

/** KEYS: stems of sessions, of sid and of sub. ARGV: hashed id, now, expiry and absolute end in ms, sid, sub, then fields and values in turn. */
export const createSession = `
local now, ends = tonumber(ARGV[2]), tonumber(ARGV[4])
local key = KEYS[1] .. ARGV[1]
redis.call('HSET', key, 'revision', 1, unpack(ARGV, 7))
redis.call('PEXPIRE', key, math.max(1, tonumber(ARGV[3]) - now))
for index, owner in ipairs({ARGV[5], ARGV[6]}) do
  local list = KEYS[index + 1] .. owner
  redis.call('ZREMRANGEBYSCORE', list, '-inf', now)
  redis.call('ZADD', list, ends, ARGV[1])
  local last = redis.call('ZRANGE', list, -1, -1, 'WITHSCORES')
  redis.call('PEXPIRE', list, math.max(1, tonumber(last[2]) - now))
end
return 1
`;

/** KEYS: the session. ARGV: expected revision, now and expiry in ms (empty: unchanged), then fields and values in turn. Never inserts. */
export const updateSession = `
if redis.call('HGET', KEYS[1], 'revision') ~= ARGV[1] then return 0 end
redis.call('HINCRBY', KEYS[1], 'revision', 1)
if #ARGV > 3 then redis.call('HSET', KEYS[1], unpack(ARGV, 4)) end
if ARGV[3] ~= '' then redis.call('PEXPIRE', KEYS[1], math.max(1, tonumber(ARGV[3]) - tonumber(ARGV[2]))) end
return 1
`;

/** KEYS: stems as for creation. ARGV: hashed id. */
export const deleteSession = `${forget}
return forget(KEYS[1] .. ARGV[1], ARGV[1])
`;

/** KEYS: stems as for creation, then the index. Returns how many sessions there were. */
export const deleteSessions = `${forget}
local ended = 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[4], 0, -1)) do ended = ended + forget(KEYS[1] .. member, member) end
redis.call('DEL', KEYS[4])
return ended
`;
