import { ConsistentHashOptions } from './consistent-hash.config.js';
import { CookieAffinityOptions } from './cookie-affinity.config.js';
import { NoOptions } from './no-options.config.js';
import { P2cEwmaOptions } from './p2c-ewma.config.js';
import { SessionAffinityOptions } from './session-affinity.config.js';

/** The option class of every built-in balancer by its name in the configuration, the default one first. */
export const balancerOptions = {
  'least-request': NoOptions,
  'round-robin': NoOptions,
  'weighted-round-robin': NoOptions,
  'p2c-ewma': P2cEwmaOptions,
  'cookie-affinity': CookieAffinityOptions,
  'session-affinity': SessionAffinityOptions,
  'consistent-hash': ConsistentHashOptions,
  first: NoOptions,
} as const;

/** Name of a built-in balancer, as the configuration has it. */
export type BalancerName = keyof typeof balancerOptions;
