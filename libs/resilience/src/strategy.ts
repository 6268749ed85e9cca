import type { Clock, Random, ServiceEvent } from '@portico/core';
import type { Execution, Work } from './execution.js';
import type { ClassifyFailure } from './failure.js';

/** One layer around a service call. One object per service: what it counts is shared by all calls to that service. */
export interface Strategy {
  /** Stable name, as in the options: `retry`, `circuitBreaker`. */
  readonly name: string;
  /** Runs `next` never, once or several times. May throw: a composed stack rejects instead, so `next` never throws. */
  execute<Call, T>(execution: Execution<Call>, next: Work<Call, T>): Promise<T>;
}

/** What strategies need from outside; each takes the part it uses. */
export interface StrategyDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly classify: ClassifyFailure;
  /** Told what is worth counting. Must not throw. */
  readonly onEvent: (event: ServiceEvent) => void;
}
