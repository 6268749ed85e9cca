import { existsSync } from 'node:fs';
import { consulLaunch } from './consul/consul-launch.mjs';
import { consulBinary, provideConsul } from './consul/provide-consul.mjs';
import { eurekaLaunch } from './eureka/eureka-launch.mjs';
import { hasEureka, provideEureka } from './eureka/provide-eureka.mjs';
import { otlpLaunch } from './otlp/otlp-launch.mjs';
import { hasRedis, provideRedis } from './redis/provide-redis.mjs';
import { redisLaunch } from './redis/redis-launch.mjs';

/**
 * @typedef {object} Launch how a server is started
 * @property {number} ports how many it needs
 * @property {(ports: readonly number[], data: string) => string[]} command program and arguments
 * @property {(ports: readonly number[]) => string} origin where it answers
 * @property {(origin: string) => Promise<boolean>} isReady
 */

/**
 * @typedef {object} Server a real server for tests
 * @property {() => boolean} isProvided whether it can be started
 * @property {() => Promise<void>} provide makes that so; once is enough
 * @property {Launch} launch
 */

/** @type {Readonly<Record<string, Server>>} */
export const servers = {
  consul: { isProvided: () => existsSync(consulBinary), provide: provideConsul, launch: consulLaunch },
  eureka: { isProvided: hasEureka, provide: provideEureka, launch: eurekaLaunch },
  redis: { isProvided: hasRedis, provide: provideRedis, launch: redisLaunch },
  // A receiver of spans, of our own: it is always there.
  otlp: { isProvided: () => true, provide: async () => {}, launch: otlpLaunch },
};
