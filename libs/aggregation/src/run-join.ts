import { callOutcomes } from './call-outcomes.js';
import { Joined } from './joined.js';
import { reasonFor } from './part.js';
import { endedWell, type PartEnd, type PartRun, type PartStart } from './part-run.js';
import type { Batch, JoinPlan } from './plan.js';

type Chunk = PromiseSettledResult<readonly unknown[]>;

/**
 * Runs a part that looks up what belongs to the items of a list: each id is asked for once, in as few calls as the chunk size allows.
 * @throws the failure of a call when the part is required, or when no call brought anything
 */
export async function runJoin(plan: JoinPlan, run: PartRun, { dueAt, span }: PartStart): Promise<PartEnd> {
  const { client, context, cancellation, scope } = run;
  const wanted = new Set(plan.ids(scope));
  const ask = { context, dueAt, cancellation, span };
  // All calls are built before the first is sent: one that cannot be built leaves none running.
  const calls = chunksOf([...wanted], plan.chunkSize)
    .map((ids) => plan.fetch(ids, scope))
    .map((call) => client.run(call, ask).then(itemsOf));
  const chunks = await callOutcomes(calls, plan.required);
  const { byId, failure } = index(plan, chunks, wanted);
  if (failure) {
    if (byId.size === 0 || cancellation.cancelled) throw failure.reason;
    context.degrade(plan.name, reasonFor(failure.reason));
  }
  scope[plan.name] = new Joined(byId, !failure);
  return failure ? { result: 'failed', error: failure.reason } : endedWell;
}

function index(plan: JoinPlan, chunks: readonly Chunk[], wanted: ReadonlySet<string>): { byId: Map<string, unknown>; failure: PromiseRejectedResult | undefined } {
  const byId = new Map<string, unknown>();
  let failure: PromiseRejectedResult | undefined;
  for (const chunk of chunks) {
    if (chunk.status === 'rejected') {
      failure ??= chunk;
      continue;
    }
    for (const item of chunk.value) {
      const id = plan.key(item as never);
      if (wanted.has(id)) byId.set(id, item);
    }
  }
  return { byId, failure };
}

function chunksOf(ids: readonly string[], size: number): (readonly string[])[] {
  if (ids.length === 0) return [];
  if (ids.length <= size) return [ids];
  const chunks: (readonly string[])[] = [];
  for (let start = 0; start < ids.length; start += size) chunks.push(ids.slice(start, start + size));
  return chunks;
}

function itemsOf(answer: Batch): readonly unknown[] {
  return 'items' in answer ? answer.items : answer;
}
