import { Option } from './option.decorator.js';
import { between, whole } from './option-ranges.js';

/** When a service is left alone, and how it is tried again. */
export class CircuitBreakerOptions {
  @Option({ description: 'Failures in a row that open the circuit; not used when `failureRatio` is set', unit: 'failures', range: whole(1, 10_000) })
  readonly failureThreshold: number = 5;

  @Option({ description: 'Share of failed calls, 0 to 1, that opens the circuit; not set by default', range: { ...between(0.01, 1), optional: true } })
  readonly failureRatio: number | undefined = undefined;

  @Option({ description: 'Calls within `windowMs` below which `failureRatio` decides nothing', unit: 'calls', range: whole(1, 100_000) })
  readonly minimumCalls: number = 20;

  @Option({ description: 'Time over which `failureRatio` is taken', unit: 'ms', range: between(100, 3_600_000) })
  readonly windowMs: number = 10_000;

  @Option({ description: 'Time for which an open circuit refuses every call', unit: 'ms', range: between(1, 3_600_000) })
  readonly openMs: number = 5_000;

  @Option({ description: 'Trial calls that must all succeed before the circuit closes', unit: 'calls', range: whole(1, 1_000) })
  readonly halfOpenTrials: number = 1;
}
