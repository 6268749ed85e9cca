import type { Balancer } from './balancer.js';
import { LeastRequestBalancer } from './least-request.balancer.js';
import { RoundRobinBalancer } from './round-robin.balancer.js';
import { WeightedRoundRobinBalancer } from './weighted-round-robin.balancer.js';

const balancers = {
  'least-request': LeastRequestBalancer,
  'round-robin': RoundRobinBalancer,
  'weighted-round-robin': WeightedRoundRobinBalancer,
} as const satisfies Record<string, new () => Balancer>;

/** Name of a built-in balancer, as the configuration has it. */
export type BalancerName = keyof typeof balancers;

/** Every built-in balancer's name, the default first. */
export const balancerNames = Object.keys(balancers) as readonly BalancerName[];

/**
 * A new balancer for one service; least request unless another name is given.
 * @throws Error that lists the known names when there is none of this name.
 */
export function balancerByName(name: string = 'least-request'): Balancer {
  if (!Object.hasOwn(balancers, name)) throw new Error(`There is no balancer "${name}"; known are ${balancerNames.join(', ')}.`);
  return new balancers[name as BalancerName]();
}
