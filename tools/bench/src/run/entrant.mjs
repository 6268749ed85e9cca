import { statusOf } from '../machine/first-answer.mjs';
import { startGateway } from '../machine/gateway.mjs';
import { laneName } from '../plan/bouts.mjs';
import { workloadOf } from '../plan/workloads.mjs';

/** @typedef {import('../plan/bouts.mjs').Lane} Lane */
/** @typedef {import('../machine/gateway.mjs').Gateway} Gateway */

/**
 * A lane that has passed the gate and is warm.
 * @typedef {object} Entrant
 * @property {Lane} lane
 * @property {Gateway} gateway
 * @property {import('../load/asker.mjs').Target} target
 * @property {number} runIn requests before each window
 * @property {number} count requests of each window, the same in all rounds
 */

/** Connections of the load generator: enough to keep the gateway's core busy, too few to build a queue of memory. */
export const connections = 32;

const gated = 64;
const runIn = 256;
/** V8 is done with what is hot after so many seconds of load, in nearly all cases; a quick run only proves that it runs. */
const [warmUpSeconds, quickWarmUpSeconds] = [5, 1];

/**
 * Starts the gateways of a bout, sends each lane through the gate and warms it up.
 * @param {import('../plan/bouts.mjs').Bout} bout
 * @param {readonly import('../plan/systems.mjs').System[]} systems
 * @param {import('../options.mjs').BenchOptions} options
 * @param {import('./arena.mjs').Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<Entrant[]>}
 */
export async function enter(bout, systems, options, arena, say) {
  /** Lanes of one system share its process. @type {Map<string, Gateway>} */
  const gateways = new Map();
  /** @type {Entrant[]} */
  const entrants = [];
  try {
    for (const lane of bout.lanes) {
      const system = systems.find(({ name }) => name === lane.system);
      if (!system) continue;
      const gateway = gateways.get(system.name) ?? (await startGateway(system, arena.surroundings));
      gateways.set(system.name, gateway);
      if (system.needsToken) await refusesStrangers(gateway, lane);
      entrants.push(await qualify(lane, gateway, options, arena));
    }
  } catch (error) {
    await Promise.all([...gateways.values()].map((gateway) => gateway.stop()));
    throw error;
  }
  say(`${bout.name}: ${entrants.map(({ lane }) => laneName(lane)).join(', ')} passed the gate`);
  return entrants;
}

/**
 * @param {Lane} lane
 * @param {Gateway} gateway
 * @param {import('../options.mjs').BenchOptions} options
 * @param {import('./arena.mjs').Arena} arena
 * @returns {Promise<Entrant>}
 */
async function qualify(lane, gateway, options, { generator, takeIds }) {
  const target = { origin: gateway.origin, workload: lane.workload, token: gateway.token, connections };
  try {
    await generator.call('gate', { ...target, first: takeIds(gated), count: gated });
    // How many requests a warm-up takes is known afterwards only; it gets more ids than it can use.
    const warm = await generator.call('warmUp', { ...target, first: takeIds(100_000), seconds: options.quick ? quickWarmUpSeconds : warmUpSeconds });
    return { lane, gateway, target, runIn, count: Math.max(connections, Math.round(warm.perSecond * options.seconds)) };
  } catch (error) {
    throw new Error(`${laneName(lane)} failed the gate: ${error instanceof Error ? error.message : error}`);
  }
}

/**
 * @param {Gateway} gateway
 * @param {Lane} lane
 */
async function refusesStrangers(gateway, lane) {
  const path = workloadOf(lane.workload).path(1);
  const status = await statusOf(`${gateway.origin}${path}`, null);
  if (status !== '401') throw new Error(`${laneName(lane)} failed the gate: GET ${path} without a token: expected 401, got ${status}`);
}
