import type { Work } from './execution.js';
import type { Strategy } from './strategy.js';

/**
 * Wraps `work` into `strategies`, the first one outermost. Done once at start: a call then costs no closure.
 * The composed work never throws; whatever a strategy or the work throws is a rejection.
 */
export function compose<Call, T>(strategies: readonly Strategy[], work: Work<Call, T>): Work<Call, T> {
  return strategies.reduceRight<Work<Call, T>>((next, strategy) => rejecting((execution) => strategy.execute(execution, next)), rejecting(work));
}

function rejecting<Call, T>(work: Work<Call, T>): Work<Call, T> {
  return (execution) => {
    try {
      return work(execution);
    } catch (error) {
      return Promise.reject(error);
    }
  };
}
