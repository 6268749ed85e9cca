import { startCompanion } from '../machine/child.mjs';
import { startIssuer } from '../identity/issuer.mjs';

/**
 * What surrounds every measurement: services, issuer, load generator.
 * @typedef {object} Arena
 * @property {import('../plan/systems.mjs').Surroundings} surroundings
 * @property {import('../machine/child.mjs').Companion} generator
 * @property {(fault: import('../services/main.mjs').Fault) => Promise<void>} setReviewsFault
 * @property {(count: number) => number} takeIds first of so many ids that nobody asked for yet
 * @property {() => Promise<void>} close
 */

// Ids all have eight digits, so that every request of a workload moves the same number of bytes.
const firstId = 10_000_000;

/** @returns {Promise<Arena>} */
export async function openArena() {
  const services = startCompanion(new URL('../services/main.mjs', import.meta.url));
  const generator = startCompanion(new URL('../load/main.mjs', import.meta.url));
  const issuer = await startIssuer();
  let nextId = firstId;
  return {
    surroundings: { services: await services.call('origins'), issuer },
    generator,
    setReviewsFault: (fault) => services.call('reviewsFault', fault),
    takeIds: (count) => {
      const first = nextId;
      nextId += count;
      return first;
    },
    close: async () => {
      issuer.close();
      await Promise.all([services.stop(), generator.stop()]);
    },
  };
}
