import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from '../run/is-alive.mjs';

/** Makes sure that of several terminals only one starts the services. A lock of a process that is gone counts for nothing. */
export class OwnerLock {
  #path;

  /** @param {string} path of the lock file */
  constructor(path) {
    this.#path = path;
  }

  /** @returns {boolean} whether this process holds it now */
  take() {
    mkdirSync(dirname(this.#path), { recursive: true });
    const holder = this.#holder();
    if (holder === process.pid) return true;
    if (holder !== undefined && isAlive(holder)) return false;
    if (holder !== undefined) rmSync(this.#path, { force: true });
    try {
      writeFileSync(this.#path, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      return false;
    }
  }

  /** Lets go, if this process holds it. */
  release() {
    if (this.#holder() === process.pid) rmSync(this.#path, { force: true });
  }

  /** @returns {number | undefined} 0 for a file that names nobody (yet) */
  #holder() {
    try {
      return Number(readFileSync(this.#path, 'utf8'));
    } catch {
      return undefined;
    }
  }
}
