import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from './free-ports.mjs';

const patienceMs = 120_000;
const askAgainMs = 50;

/** A real server on ports of its own. It can be killed and started again: then it has the same ports and the same data. */
export class ServerProcess {
  #launch;
  /** @type {readonly number[]} */
  #ports = [];
  #data = '';
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  #output = '';

  /** @param {import('../servers.mjs').Launch} launch */
  constructor(launch) {
    this.#launch = launch;
  }

  /**
   * Starts it and waits until it answers.
   * @returns {Promise<string>} its origin
   * @throws {Error} with the end of its log when it does not come up
   */
  async start() {
    if (this.#data === '') {
      this.#ports = await freePorts(this.#launch.ports);
      this.#data = await mkdtemp(join(tmpdir(), 'portico-testbed-'));
    }
    const [command = '', ...args] = this.#launch.command(this.#ports, this.#data);
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    /** @param {Buffer} chunk */
    const take = (chunk) => (this.#output = (this.#output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => take(Buffer.from(error.message)));
    const origin = this.#launch.origin(this.#ports);
    const end = Date.now() + patienceMs;
    while (!(await this.#launch.isReady(origin))) {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined || Date.now() > end) throw new Error(`${command} did not come up:\n${this.#output}`);
      await wait(askAgainMs);
    }
    return origin;
  }

  /** Ends it as a crash would, and waits until it is gone. */
  async kill() {
    const child = this.#child;
    if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  /** Kills it and forgets its data. */
  async dispose() {
    await this.kill();
    if (this.#data !== '') await rm(this.#data, { recursive: true, force: true });
  }
}
