import type { ImportContext } from './import-context.js';
import type { JsonObject } from './json.js';
import { optionsFor, ScopedSection, type Found } from './scoped-section.js';
import type { Section } from './section.js';

/** How long an answer of a route may take, and what stands around its calls. */
export interface RouteResilience {
  readonly timeoutMs: number;
  readonly resilience: JsonObject;
}

const longestMs = 3_600_000;
// As good as none.
const unlimited = { bulkhead: { maxConcurrent: 100_000, maxQueued: 0 }, circuitBreaker: { failureThreshold: 10_000 } };

/** Ocelot's quality of service: a time limit and a circuit breaker, and nothing that tries again. Values out of Ocelot's range are refused; Ocelot replaces them silently. */
export function resilienceOf(route: Section | undefined, { global, findings }: ImportContext): RouteResilience {
  const qos = optionsFor(route, global, 'QoSOptions');
  const timeout = inRange(qos.number('TimeoutValue', 'Timeout'), 10, 86_400_000);
  const throughput = qos.number('ExceptionsAllowedBeforeBreaking', 'MinimumThroughput');
  const ratio = qos.number('FailureRatio');
  const used = [timeout, throughput, ratio].some((option) => option !== undefined && option.value > 0);
  const breaks = used && throughput?.value !== 0;
  const attemptMs = used ? capped(timeout) : undefined;
  const seconds = new ScopedSection(route, global).number('Timeout');
  if (seconds && seconds.value <= 0) findings.fault(seconds.path, 'bad-timeout', 'must be above 0 seconds; Ocelot would take 90');
  const wholeMs = Math.min(longestMs - 1_000, Math.max(1, seconds?.value ?? 90) * 1_000);
  // The attempt has to end first, so that the breaker counts it.
  const timeoutMs = attemptMs === undefined ? wholeMs : Math.max(wholeMs, attemptMs + 1_000);
  return {
    timeoutMs,
    resilience: {
      bulkhead: unlimited.bulkhead,
      totalTimeout: { timeoutMs },
      retry: { maxAttempts: 1 },
      attemptTimeout: { timeoutMs: attemptMs ?? timeoutMs },
      circuitBreaker: breaks ? breaker() : unlimited.circuitBreaker,
    },
  };

  function breaker(): JsonObject {
    const failures = atLeast(throughput, 2)?.value ?? 100;
    const openMs = capped(inRange(qos.number('DurationOfBreak', 'BreakDuration'), 500, Infinity)) ?? 5_000;
    if (!ratio || ratio.value === 0) return { failureThreshold: Math.min(failures, 10_000), openMs };
    if (ratio.value < 0.01 || ratio.value > 1) bad(ratio, 'must be from 0.01 to 1');
    const windowMs = capped(inRange(qos.number('SamplingDuration'), 500, Infinity)) ?? 10_000;
    return { failureRatio: ratio.value, minimumCalls: Math.min(failures, 100_000), windowMs, openMs };
  }

  function atLeast(option: Found<number> | undefined, min: number): Found<number> | undefined {
    if (option && (option.value < min || !Number.isInteger(option.value))) bad(option, `must be a whole number from ${min}, or 0 to switch the circuit breaker off`);
    return option;
  }

  function inRange(option: Found<number> | undefined, above: number, below: number): Found<number> | undefined {
    // Zero and less switch a time limit off.
    if (option && (option.value <= above || option.value >= below)) bad(option, `must be above ${above}${below === Infinity ? '' : ` and below ${below}`} ms`);
    return option;
  }

  function capped(option: Found<number> | undefined): number | undefined {
    if (option && option.value >= longestMs) findings.note('changed', option.path, 'nothing here lasts longer than an hour');
    return option && Math.min(option.value, longestMs - 1_000);
  }

  function bad(option: Found<number>, message: string): void {
    findings.fault(option.path, 'bad-qos-value', `${option.value} ${message}; Ocelot would take another value`);
  }
}
