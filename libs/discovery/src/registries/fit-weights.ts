import type { Instance } from '../instance.js';

const heaviest = 1_000;

/** Scales weights down into the range that a static list may have, 1 to 1000, when one of them is above it: balancers may keep room in proportion to a weight. */
export function fitWeights(instances: readonly Instance[]): readonly Instance[] {
  const most = Math.max(...instances.map(({ weight }) => weight));
  if (!(most > heaviest)) return instances;
  return instances.map((instance) => ({ ...instance, weight: Math.max(1, Math.round((instance.weight * heaviest) / most)) }));
}
