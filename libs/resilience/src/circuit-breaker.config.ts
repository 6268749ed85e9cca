import { between, whole, type Ranges } from './option-ranges.js';

/** When a service is left alone, and how it is tried again. */
export class CircuitBreakerOptions {
  /** Failures in a row that open the circuit. Default 5. Not used when `failureRatio` is set. */
  readonly failureThreshold: number = 5;
  /** Share of failed calls, 0 to 1, that opens the circuit. Not set by default. */
  readonly failureRatio: number | undefined = undefined;
  /** Calls within `windowMs` below which `failureRatio` decides nothing. Default 20. */
  readonly minimumCalls: number = 20;
  /** Time over which `failureRatio` is taken, in ms. Default 10000. */
  readonly windowMs: number = 10_000;
  /** How long an open circuit refuses every call, in ms. Default 5000. */
  readonly openMs: number = 5_000;
  /** Trial calls that must all succeed before the circuit closes. Default 1. */
  readonly halfOpenTrials: number = 1;

  static readonly ranges: Ranges<CircuitBreakerOptions> = {
    failureThreshold: whole(1, 10_000),
    failureRatio: { ...between(0.01, 1), or: undefined },
    minimumCalls: whole(1, 100_000),
    windowMs: between(100, 3_600_000),
    openMs: between(1, 3_600_000),
    halfOpenTrials: whole(1, 1_000),
  };
}
