import { setTimeout as pause } from 'node:timers/promises';
import { startCompanion } from '../machine/child.mjs';
import { startGateway } from '../machine/gateway.mjs';
import { rssMbOf } from '../machine/proc-stat.mjs';
import { groupName, pushTicks } from '../plan/push-schedule.mjs';

/** @typedef {import('../plan/push-load.mjs').PushLoad} PushLoad */
/** @typedef {import('../load/push/jobs.mjs').PushWindow} PushWindow */

/**
 * A push server with all its clients connected.
 * @typedef {object} PushEntrant
 * @property {string} system
 * @property {number} memoryKb that an idle connection holds, in kB of 1,000 bytes
 * @property {() => Promise<unknown>} collect frees what its clients do not need
 * @property {(ticks: number, perTick: number) => Promise<PushWindow>} measure rejects when a delivery is lost, comes twice, out of order or changed
 * @property {() => Promise<unknown>} stop
 */

/** The first clients, one of so many, come and go before memory is looked at: what a server makes once is not held by a connection. */
const runInOneOf = 10;
/** Time in which those that left are let go, and freed memory is given back. */
const settleMs = 500;

/**
 * Starts a push server, and a process with its clients.
 * @param {import('../plan/systems.mjs').System} system
 * @param {PushLoad} load
 * @param {import('./arena.mjs').Arena} arena
 * @returns {Promise<PushEntrant>}
 */
export async function enterPush(system, { clients, groupSize, tickMs }, { surroundings, takeIds }) {
  const gateway = await startGateway(system, surroundings);
  const [first, crowd] = [startCrowd(), startCrowd()];
  const stop = () => Promise.all([gateway, first, crowd].map((process) => process.stop()));
  const { origin, pid } = gateway;
  const groups = Array.from({ length: clients }, (_, index) => groupName(Math.floor(index / groupSize)));
  try {
    await first.call('connect', { system: system.name, origin, groups: groups.slice(0, clients / runInOneOf) });
    await first.stop();
    const before = await settledRssMb(origin, pid);
    await crowd.call('connect', { system: system.name, origin, groups });
    const memoryKb = (((await settledRssMb(origin, pid)) - before) * 1_000) / clients;
    return {
      system: system.name,
      memoryKb,
      collect: () => crowd.call('collectGarbage'),
      measure: (ticks, perTick) =>
        crowd.call('receive', { origin, pid, tickMs, ticks: pushTicks({ first: takeIds(ticks * perTick), ticks, perTick, groups: clients / groupSize }) }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Room enough for what the clients of a window leave behind: when they sweep it up, that takes longer than all that is measured. */
const roomy = ['--min-semi-space-size=64', '--max-semi-space-size=128'];

const startCrowd = () => startCompanion(new URL('../load/push/main.mjs', import.meta.url), roomy);

/**
 * Resident memory without garbage.
 * @param {string} origin
 * @param {number} pid
 */
async function settledRssMb(origin, pid) {
  await pause(settleMs);
  await (await fetch(`${origin}/collect`)).text();
  await pause(settleMs);
  return rssMbOf(pid);
}
