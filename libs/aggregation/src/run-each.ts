import { callOutcomes } from './call-outcomes.js';
import { reasonFor } from './part.js';
import { endedWell, type PartEnd, type PartRun, type PartStart } from './part-run.js';
import type { EachPlan } from './plan.js';

/**
 * Runs a part that asks once for each different value: its own value is what they brought, in the order in which the values first stood, null for a call that failed.
 * @throws the failure of a call when the part is required, or when no call brought anything
 */
export async function runEach(plan: EachPlan, run: PartRun, { dueAt, span }: PartStart): Promise<PartEnd> {
  const { client, context, cancellation, scope } = run;
  const ask = { context, dueAt, cancellation, span };
  // All calls are built before the first is sent: one that cannot be built leaves none running.
  const calls = [...new Set(plan.values(scope))].map((value) => plan.call(value, scope)).map((call) => client.run(call, ask));
  const outcomes = await callOutcomes(calls, plan.required);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    if (cancellation.cancelled || outcomes.every(({ status }) => status === 'rejected')) throw failure.reason;
    context.degrade(plan.name, reasonFor(failure.reason));
  }
  const value = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : null));
  scope[plan.name] = plan.required || plan.fallback ? value : { ok: true, value, source: 'service' };
  return failure ? { result: 'failed', error: failure.reason } : endedWell;
}
