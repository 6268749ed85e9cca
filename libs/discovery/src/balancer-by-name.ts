import { systemClock, type Clock } from '@portico/core';
import { balancerOptions, type BalancerName } from './balancer-options.js';
import type { Balancer } from './balancer.js';
import { checkedOptions } from './checked-options.js';
import { ConsistentHashBalancer } from './consistent-hash.balancer.js';
import { CookieAffinityBalancer } from './cookie-affinity.balancer.js';
import { P2cEwmaBalancer } from './p2c-ewma.balancer.js';
import { plainBalancer } from './plain-balancers.js';
import { SessionAffinityBalancer } from './session-affinity.balancer.js';

/** A balancer as the configuration asks for it. */
export interface BalancerChoice {
  readonly name: string;
  /** Settings in place of the defaults of its class in `balancerOptions`. */
  readonly options?: object | undefined;
}

/** What balancers need from outside. */
export interface BalancerDependencies {
  readonly clock: Clock;
}

/**
 * A new balancer for one service, by its name alone or with options; least request unless another one is asked for.
 * @throws Error that lists the known names when there is none of this name
 * @throws RangeError that lists every option that is unknown or out of range
 */
export function balancerByName(choice: string | BalancerChoice = 'least-request', { clock }: BalancerDependencies = { clock: systemClock }): Balancer {
  const { name, options = {} } = typeof choice === 'string' ? { name: choice } : choice;
  if (!isBalancerName(name)) throw new Error(`There is no balancer "${name}"; known are ${Object.keys(balancerOptions).join(', ')}.`);
  const checked = <T extends object>(type: new () => T): T => checkedOptions(`Balancer ${name}`, type, options);
  switch (name) {
    case 'p2c-ewma':
      return new P2cEwmaBalancer(checked(balancerOptions[name]), clock);
    case 'cookie-affinity':
      return new CookieAffinityBalancer(checked(balancerOptions[name]), clock);
    case 'session-affinity':
      return new SessionAffinityBalancer(checked(balancerOptions[name]), clock);
    case 'consistent-hash':
      return new ConsistentHashBalancer(checked(balancerOptions[name]));
    default:
      checked(balancerOptions[name]);
      return plainBalancer(name, clock);
  }
}

function isBalancerName(name: string): name is BalancerName {
  return Object.hasOwn(balancerOptions, name);
}
