export { ManualClock, settle } from './manual-clock.js';
export { testContext } from './test-context.js';
