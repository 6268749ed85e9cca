import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { startMessage, warmUpVariable } from './warm-up.mjs';

const awaitStart = new URL('await-start.mjs', import.meta.url).href;
const watchParent = new URL('watch-parent.mjs', import.meta.url).href;
const ownGroup = process.platform !== 'win32';

/**
 * @typedef {object} ChildOptions
 * @property {string} name for messages
 * @property {string} entry absolute path of the module to run
 * @property {readonly string[]} [nodeOptions]
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} env
 * @property {number | 'inherit'} output file descriptor that takes stdout and stderr
 * @property {string} [warmUp] absolute path of a module to load at once; the entry then waits for `start()`
 */

/** @typedef {{ readonly code: number | null, readonly signal: NodeJS.Signals | null }} Exit */

/** A Node.js process that never outlives this one. */
export class Child {
  /** @type {string} */
  name;
  /** How it ended; never rejects. @type {Promise<Exit>} */
  exited;
  #process;
  #running = true;

  /** @param {ChildOptions} options */
  constructor({ name, entry, nodeOptions = [], cwd, env, output, warmUp }) {
    this.name = name;
    const preloaded = warmUp === undefined ? [watchParent] : [watchParent, awaitStart];
    this.#process = spawn(process.execPath, [...nodeOptions, ...preloaded.flatMap((module) => ['--import', module]), entry], {
      cwd,
      env: warmUp === undefined ? env : { ...env, [warmUpVariable]: pathToFileURL(warmUp).href },
      // A group of its own: Ctrl-C at the terminal reaches the launcher alone, which then stops everything in order.
      detached: ownGroup,
      stdio: ['ignore', output, output, 'ipc'],
    });
    this.exited = new Promise((resolve) => {
      this.#process.once('error', () => resolve({ code: 1, signal: null }));
      this.#process.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const killWithUs = () => this.kill();
    process.once('exit', killWithUs);
    void this.exited.then(() => {
      this.#running = false;
      process.off('exit', killWithUs);
    });
  }

  get running() {
    return this.#running;
  }

  /** Lets a child that was made with `warmUp` run its entry. */
  start() {
    if (this.#running) this.#process.send(startMessage, () => {});
  }

  /**
   * Asks it to stop, and no longer asks after `patienceMs`.
   * @param {number} [patienceMs] 10 s by default
   * @returns {Promise<Exit>}
   */
  async stop(patienceMs = 10_000) {
    if (this.#running) this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.kill(), patienceMs);
    const exit = await this.exited;
    clearTimeout(timer);
    return exit;
  }

  /** Ends it and whatever it started, at once. */
  kill() {
    const { pid } = this.#process;
    if (!this.#running || pid === undefined) return;
    try {
      process.kill(ownGroup ? -pid : pid, 'SIGKILL');
    } catch {
      // It was faster.
    }
  }
}

/**
 * @param {Exit} exit
 * @returns {string} as in `exit code 1`, `signal SIGKILL`
 */
export function describeExit({ code, signal }) {
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}
