import type { CountingAlgorithm } from './counting.js';

// Each counts one hit of KEYS[1] by the clock of Redis; ARGV: window, limit, block and burst. What is kept begins with a letter for the algorithm: a key that was counted otherwise begins
// anew, and so does one from a later time, which a clock that was set back leaves behind. Answers hits, whether the hit is refused, and in ms the rest of the window and the wait.
const begin = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local window, limit, block, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('GET', KEYS[1]) or ''
local function keep(endsAt, letter, ...)
  local text = letter
  for _, value in ipairs({ ... }) do text = text .. string.format(' %.17g', value) end
  redis.call('SET', KEYS[1], text, 'PX', string.format('%.0f', math.max(1, math.ceil(endsAt - now))))
end
local function answer(hits, refused, left, wait) return { hits, refused, math.ceil(left), math.ceil(wait) } end
`;

// As `SlidingWindow`, step for step.
const sliding = `${begin}
local size, start, current, previous, blocked = string.match(kept, '^s (%S+) (%S+) (%S+) (%S+) (%S+)$')
size, start, current, previous, blocked = tonumber(size), tonumber(start), tonumber(current), tonumber(previous), tonumber(blocked)
local function restart() start, current, previous, blocked = now, 0, 0, 0 end
if size ~= window or now < start then restart() end
if now < blocked then return answer(limit + 1, 1, start + window - now, blocked - now) end
if blocked > 0 then restart() end
if now - start >= 2 * window then start, current, previous = now, 0, 0
elseif now - start >= window then start, current, previous = start + window, 0, current end
local elapsed = now - start
local faded = previous * (1 - elapsed / window)
local counted = current + 1
if faded > 1e-9 then counted = counted + math.ceil(faded - 1e-9) - 1 end
local refused, wait = 0, 0
if counted <= limit then current = current + 1
else
  refused, counted = 1, limit + 1
  if block > 0 then blocked, wait = now + block, block
  elseif current >= limit then wait = window - elapsed
  else wait = window * (1 - (limit - current) / previous) - elapsed end
end
keep(math.max(start + 2 * window, blocked), 's', window, start, current, previous, blocked)
return answer(counted, refused, start + window - now, wait)`;

// As `FixedWindow`.
const fixed = `${begin}
local size, start, hits, blocked = string.match(kept, '^f (%S+) (%S+) (%S+) (%S+)$')
size, start, hits, blocked = tonumber(size), tonumber(start), tonumber(hits), tonumber(blocked)
if start and now >= start and now < blocked then return answer(limit + 1, 1, start + size - now, blocked - now) end
if size ~= window or now < start or blocked > 0 or now >= start + window then start, hits, blocked = now, 0, 0 end
local refused, wait = 0, 0
hits = hits + 1
if hits > limit then
  refused, wait = 1, start + window - now
  if block > 0 then blocked, wait = now + block, block end
end
keep(math.max(start + window, blocked), 'f', window, start, math.min(hits, limit), blocked)
return answer(refused == 1 and limit + 1 or hits, refused, start + window - now, wait)`;

// As `TokenBucket`.
const tokenBucket = `${begin}
local tokens, countedAt, blocked = string.match(kept, '^t (%S+) (%S+) (%S+)$')
tokens, countedAt, blocked = tonumber(tokens), tonumber(countedAt), tonumber(blocked)
local capacity = burst > 0 and burst or limit
if not tokens or now < countedAt then tokens, countedAt, blocked = capacity, now, 0 end
local perToken = window / limit
tokens = limit > 0 and math.min(capacity, tokens + (now - countedAt) / perToken) or 0
local admitted = now >= blocked and tokens + 1e-9 >= 1
if admitted then tokens = math.max(0, tokens - 1)
elseif now >= blocked and block > 0 then blocked = now + block end
local untilFull = limit > 0 and (capacity - tokens) * perToken or window
keep(math.max(now + untilFull, blocked), 't', tokens, now, blocked)
if admitted then return answer(limit - math.floor(tokens + 1e-9), 0, untilFull, 0) end
local untilToken = limit > 0 and (1 - tokens) * perToken or window
return answer(limit + 1, 1, untilFull, math.max(blocked - now, untilToken))`;

/** What counts a hit in Redis, by algorithm. */
export const countingScripts: Readonly<Record<CountingAlgorithm, string>> = { sliding, fixed, 'token-bucket': tokenBucket };
