import { isPorticoError, type ErrorCode } from '@portico/core';
import { endedWell, type PartEnd, type PartRun, type PartStart } from './part-run.js';
import type { CallPlan } from './plan.js';

/** Failures that an older answer may stand in for (RFC 5861 4): a refusal with a meaning, as that the thing is gone, is none. */
const replaceable: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['SERVICE_TIMEOUT', 'SERVICE_UNAVAILABLE', 'SERVICE_ANSWER_INVALID']);

/**
 * Runs a part that is one call.
 * Rejects with what the call failed with, when no older answer may stand in.
 * @throws what making the call throws
 */
export function runCall(plan: CallPlan, run: PartRun, { dueAt, span }: PartStart): Promise<PartEnd> {
  const { client, context, cancellation, scope } = run;
  const call = plan.call(scope);
  return client.run(call, { context, dueAt, cancellation, span }).then(
    (value) => {
      scope[plan.name] = plan.required || plan.fallback ? value : { ok: true, value, source: 'service' };
      return endedWell;
    },
    (error: unknown) => standIn(plan, run, call, error),
  );
}

async function standIn({ name, stale, fallback }: CallPlan, { client, context, cancellation, scope }: PartRun, call: ReturnType<CallPlan['call']>, error: unknown): Promise<PartEnd> {
  const old = stale && !cancellation.cancelled && isPorticoError(error) && replaceable.has(error.code) ? await client.stale(call, context) : undefined;
  if (!old) throw error;
  context.degrade(name, 'stale');
  scope[name] = fallback ? old.value : { ok: true, value: old.value, source: 'stale' };
  return { result: 'stale', error };
}
