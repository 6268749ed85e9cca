import { durationMs } from './duration.js';
import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { optionsFor } from './scoped-section.js';
import type { Section } from './section.js';

const badPeriod = 'bad-rate-limit-period';

/** The limit of a route, counted by a header that the client sends; undefined where there is none. `ownName` is the section's key on the route. */
export function rateLimitOf(route: Section | undefined, { global, findings }: ImportContext, ownName = 'RateLimitOptions'): JsonObject | undefined {
  const options = optionsFor(route, global, 'RateLimitOptions', ownName);
  if (!options.exists || options.flag('EnableRateLimiting')?.value === false || options.own?.flag('EnableRateLimiting') === false) return undefined;
  if (options.own && !options.own.text('Period')) findings.fault(options.own.pathOf('Period'), badPeriod, 'a route with a limit has to name its period');
  const period = options.text('Period') ?? { value: '1s', path: options.path };
  const windowMs = lasting(period.value, period.path);
  if (options.own && !/[a-z]\s*$/i.test(options.own.text('Period') ?? 's')) findings.fault(options.own.pathOf('Period'), badPeriod, 'needs a unit: ms, s, m, h or d');
  const limit = options.number('Limit');
  if (!limit || limit.value <= 0 || !Number.isInteger(limit.value)) findings.fault(limit?.path ?? `${options.path}.Limit`, 'bad-rate-limit-limit', 'Limit must be a whole number above 0');
  const span = options.number('PeriodTimespan');
  const wait = options.text('Wait');
  const status = options.number('HttpStatusCode', 'StatusCode');
  if (status && (status.value < 400 || status.value > 599)) findings.fault(status.path, 'bad-rate-limit-status', 'must be from 400 to 599');
  const prefix = options.text('RateLimitCounterPrefix', 'KeyPrefix');
  if (prefix) findings.note('dropped', prefix.path, 'counters are named by Portico');
  const message = options.text('QuotaExceededMessage', 'QuotaMessage')?.value ?? 'API calls quota exceeded! Maximum admitted {0} per {1}.';
  const hidden = options.flag('DisableRateLimitHeaders')?.value ?? options.flag('EnableHeaders')?.value === false;
  return compact({
    limit: limit?.value ?? 1,
    windowMs,
    algorithm: 'fixed',
    by: 'header',
    header: (options.text('ClientIdHeader')?.value ?? 'Oc-Client').toLowerCase(),
    blockMs: span ? span.value * 1_000 : wait ? lasting(wait.value, wait.path, true) : 0,
    allow: options.texts('ClientWhitelist')?.value,
    headers: hidden ? 'none' : 'legacy',
    status: status?.value ?? 429,
    message: message.replaceAll('{0}', String(limit?.value ?? 1)).replaceAll('{1}', period.value),
  });

  function lasting(text: string, path: string, none = false): number {
    const ms = durationMs(text);
    if (ms === undefined || (ms === 0 && !none)) findings.fault(path, badPeriod, `"${text}" is no number with one of the units ms, s, m, h and d`);
    return ms ?? 1_000;
  }
}
