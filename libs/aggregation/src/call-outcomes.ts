/**
 * How the calls of one part ended, in their order.
 * @throws the first failure where every call is needed, or where there is but one
 */
export async function callOutcomes<T>(calls: readonly Promise<T>[], needsAll: boolean): Promise<PromiseSettledResult<T>[]> {
  if (!needsAll && calls.length > 1) return Promise.allSettled(calls);
  return (await Promise.all(calls)).map((value) => ({ status: 'fulfilled', value }));
}
