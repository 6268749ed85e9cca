import { spawn } from 'node:child_process';
import { ended } from './child.mjs';
import { gatewayCore, onCore } from './cores.mjs';
import { firstGoodAnswer } from './first-answer.mjs';
import { freePort } from './free-port.mjs';

/** @typedef {import('../plan/systems.mjs').System} System */
/** @typedef {import('../plan/systems.mjs').Surroundings} Surroundings */

/**
 * A running gateway under test.
 * @typedef {object} Gateway
 * @property {number} pid
 * @property {string} origin
 * @property {string | null} token bearer token, where it gets one
 * @property {number} startSeconds from spawning to the first good answer
 * @property {() => Promise<void>} stop
 */

const keptOutput = 4_000;

/** Gateways that still run when the harness is interrupted must not stay behind. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/**
 * Starts a system on its own core and waits for its first good answer.
 * @param {System} system
 * @param {Surroundings} surroundings
 * @returns {Promise<Gateway>} rejects with the tail of the gateway's output when it ends or stays silent
 */
export async function startGateway(system, surroundings) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const token = system.needsToken || system.passesToken ? surroundings.issuer.token : null;
  const env = { ...process.env, NODE_ENV: 'production', ...system.env(surroundings), PORT: String(port) };
  const { entry, nodeArguments = [], programArguments } = system;
  const [program, args] = onCore(gatewayCore, programArguments ? [entry, ...programArguments(port, surroundings)] : [process.execPath, ...nodeArguments, entry]);
  const start = performance.now();
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const output = tail(child);
  try {
    await firstGoodAnswer(`${origin}${system.firstAnswer}`, token, () => child.exitCode === null);
  } catch (error) {
    await ended(child);
    throw new Error(`${system.name} did not start: ${error instanceof Error ? error.message : error}\n${output()}`);
  }
  const startSeconds = (performance.now() - start) / 1_000;
  return { pid: /** @type {number} */ (child.pid), origin, token, startSeconds, stop: () => ended(child) };
}

/**
 * Access logs go through a pipe, as in production; somebody must read it.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {() => string} the end of what it wrote
 */
function tail(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (text = (text + chunk).slice(-keptOutput)));
  return () => text;
}
