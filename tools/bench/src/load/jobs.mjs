import { cpuSecondsOf } from '../machine/proc-stat.mjs';
import { openAsker } from './asker.mjs';
import { closedLoop } from './closed-loop.mjs';
import { steadyRate } from './steady-rate.mjs';

/** @typedef {import('./asker.mjs').Target} Target */

/** What one window measured. @typedef {{ requests: number, cpuSeconds: number, wallSeconds: number }} Window */

// Of so many answers one passes the gate while measuring: enough to notice, too few to slow the services down.
const comparedOneOf = 50;

/**
 * Compares each of the first answers.
 * @param {Target & { first: number, count: number }} job
 * @returns {Promise<void>}
 */
export async function gate({ first, count, ...target }) {
  const { ask, close } = openAsker(target);
  let left = count;
  await closedLoop(target.connections, () => left-- > 0, (index) => ask(first + index, true));
  await close();
}

/**
 * Lets the gateway get hot, and tells the pace that it reached in the second half.
 * @param {Target & { first: number, seconds: number }} job
 * @returns {Promise<{ requests: number, perSecond: number }>}
 */
export async function warmUp({ first, seconds, ...target }) {
  const { ask, close } = openAsker(target);
  const loop = (/** @type {number} */ from) => {
    const end = performance.now() + seconds * 500;
    return closedLoop(target.connections, () => performance.now() < end, (index) => ask(from + index, false));
  };
  const cold = await loop(first);
  const start = performance.now();
  const hot = await loop(first + cold);
  const perSecond = (hot / (performance.now() - start)) * 1_000;
  await close();
  return { requests: cold + hot, perSecond };
}

/**
 * Measures the gateway's CPU time over a fixed number of requests: none is under way when the window opens or closes.
 * @param {Target & { first: number, runIn: number, count: number, pid: number }} job `runIn` requests open the connections first
 * @returns {Promise<Window>}
 */
export async function measure({ first, runIn, count, pid, ...target }) {
  const { ask, close } = openAsker(target);
  let left = runIn;
  await closedLoop(target.connections, () => left-- > 0, (index) => ask(first + index, true));
  left = count;
  const cpu = cpuSecondsOf(pid);
  const start = performance.now();
  await closedLoop(target.connections, () => left-- > 0, (index) => ask(first + runIn + index, index % comparedOneOf === 0));
  const window = { requests: count, cpuSeconds: cpuSecondsOf(pid) - cpu, wallSeconds: (performance.now() - start) / 1_000 };
  await close();
  return window;
}

/**
 * Asks at a steady rate, whether or not the answers come in time. Every answer must be good, one in fifty is compared.
 * @param {Target & { first: number, perSecond: number, seconds: number }} job
 * @returns {Promise<number>} how many were asked; rejects with the first failure
 */
export async function keepAsking({ first, perSecond, seconds, ...target }) {
  const { ask, close } = openAsker(target);
  const asked = await steadyRate(perSecond, seconds, (index) => ask(first + index, index % comparedOneOf === 0));
  await close();
  return asked;
}

/**
 * Times single answers, asked all at once and all compared.
 * @param {Target & { first: number }} job one answer per connection
 * @returns {Promise<number[]>} milliseconds
 */
export async function time({ first, ...target }) {
  const { ask, close } = openAsker(target);
  const times = Array.from({ length: target.connections }, async (_, index) => {
    const start = performance.now();
    await ask(first + index, true);
    return performance.now() - start;
  });
  const answered = await Promise.all(times);
  await close();
  return answered;
}
