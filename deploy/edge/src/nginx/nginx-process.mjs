import { execFile, spawn } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { EdgeError } from '../edge-error.mjs';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

const run = promisify(execFile);

/** The nginx that runs below this process, with its configuration. */
export class NginxProcess {
  #folder;
  #onLine;
  #text = '';
  #refused = '';
  /** @type {ChildProcess | undefined} */
  #child;
  /** @type {(code: number) => void} */
  #end = () => {};
  /** Fulfilled with its exit code when it has ended. @type {Promise<number>} */
  ended = new Promise((resolve) => (this.#end = resolve));

  /**
   * @param {string} folder where it writes
   * @param {(line: string) => void} onLine hears its error log
   */
  constructor(folder, onLine) {
    this.#folder = folder;
    this.#onLine = onLine;
  }

  /**
   * Starts it, or has it go on with another configuration: what is open stays open. One call at a time.
   * @param {string} text nginx.conf
   * @returns {Promise<boolean>} whether anything changed; what nginx has refused already changes nothing
   * @throws {EdgeError} with what nginx says against it; it then goes on as before
   */
  async apply(text) {
    if (text === this.#text || text === this.#refused) return false;
    const [file, next] = [join(this.#folder, 'nginx.conf'), join(this.#folder, 'nginx.conf.next')];
    writeFileSync(next, text);
    this.#refused = text;
    // Not while everything waits: the probes' answers would seem late.
    await run('nginx', [...this.#options(next), '-t', '-q']).catch((error) => {
      throw new EdgeError(`nginx does not take the configuration:\n${error.stderr || error.message}`);
    });
    renameSync(next, file);
    this.#text = text;
    this.#refused = '';
    if (this.#child) this.#child.kill('SIGHUP');
    else this.#start(file);
    return true;
  }

  /**
   * Takes no more connections, lets running requests finish, and ends.
   * @param {number} graceMs after which it ends at once
   */
  quit(graceMs) {
    this.#child?.kill('SIGQUIT');
    setTimeout(() => this.#child?.kill('SIGTERM'), graceMs).unref();
  }

  /** @param {string} file */
  #start(file) {
    this.#child = spawn('nginx', this.#options(file), { stdio: ['ignore', 'ignore', 'pipe'] });
    createInterface({ input: /** @type {import('node:stream').Readable} */ (this.#child.stderr) }).on('line', this.#onLine);
    // However this process ends, nginx does not stay behind.
    process.once('exit', () => this.#child?.kill('SIGTERM'));
    this.#child.once('error', () => this.#end(1));
    this.#child.once('close', (code) => this.#end(code ?? 1));
  }

  /** @param {string} file */
  #options(file) {
    return ['-e', 'stderr', '-p', this.#folder, '-c', file];
  }
}
