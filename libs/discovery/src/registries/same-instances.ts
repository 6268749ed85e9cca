import type { Instance } from '../instance.js';

/** Whether two lists, each in the order of its ids, say the same. */
export function sameInstances(a: readonly Instance[], b: readonly Instance[]): boolean {
  return a.length === b.length && a.every((instance, index) => instance.id === b[index]!.id && instance.weight === b[index]!.weight);
}
