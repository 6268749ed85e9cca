import { systemClock, type Clock } from '@portico/core';
import type { Balancer } from './balancer.js';
import { FirstBalancer } from './first.balancer.js';
import { LeastRequestBalancer } from './least-request.balancer.js';
import { P2cEwmaBalancer } from './p2c-ewma.balancer.js';
import { RoundRobinBalancer } from './round-robin.balancer.js';
import { WeightedRoundRobinBalancer } from './weighted-round-robin.balancer.js';

const plain = {
  'least-request': () => new LeastRequestBalancer(),
  'round-robin': () => new RoundRobinBalancer(),
  'weighted-round-robin': () => new WeightedRoundRobinBalancer(),
  'p2c-ewma': (clock) => new P2cEwmaBalancer(undefined, clock),
  first: () => new FirstBalancer(),
} as const satisfies Record<string, (clock: Clock) => Balancer>;

/** Name of a balancer that works without options and without a request, as the configuration has it. */
export type PlainBalancerName = keyof typeof plain;

/** The names of the balancers that work without options and without a request, the default first. */
export const balancerNames = Object.keys(plain) as readonly PlainBalancerName[];

/** A new balancer of that name, with its default options. */
export function plainBalancer(name: PlainBalancerName, clock: Clock = systemClock): Balancer {
  return plain[name](clock);
}
