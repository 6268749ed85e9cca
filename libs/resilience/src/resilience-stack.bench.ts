import { Cancellation, systemClock, systemRandom } from '@portico/core';
import { bench, describe } from 'vitest';
import { compose } from './compose.js';
import { resilienceStack } from './resilience-stack.js';
import { ResilienceOptions } from './resilience.config.js';
import { ServiceExecution } from './service-execution.js';

const classify = () => ({ retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined });
const deps = { clock: systemClock, random: systemRandom, classify, onEvent: () => {} };
const work = () => Promise.resolve(1);
const request = new Cancellation();
const execution = () => new ServiceExecution('call', { dueAt: systemClock.now() + 2_000, repeatable: true, cancellation: request });

const bare = compose<string, number>([], work);
const full = compose<string, number>(resilienceStack(new ResilienceOptions(), deps), work);
const hedged = compose<string, number>(resilienceStack(new ResilienceOptions({ hedge: {} }), deps), work);

// What the stack costs a call is the difference to the first one: it is to stay below 4 µs. Compare p75: the means hold the harness's own garbage.
describe('one call that succeeds at once', () => {
  bench('the work alone', async () => void (await bare(execution())));
  bench('inside the default stack', async () => void (await full(execution())));
  bench('inside the default stack with hedging', async () => void (await hedged(execution())));
});
