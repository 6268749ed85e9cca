import { execFileSync } from 'node:child_process';
import { chmodSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A line that nobody else writes. */
const end = '\u0000';

/** A named pipe into which other processes write lines: each of them whole, as long as it has at most 4,096 bytes. */
export class LinePipe {
  #fd;
  #socket;
  #ended;

  /**
   * @param {string} path made anew
   * @param {(line: string) => void} onLine
   */
  constructor(path, onLine) {
    rmSync(path, { force: true });
    execFileSync('mkfifo', [path]);
    // The processes that write are another account's where this one is root's.
    chmodSync(path, 0o622);
    // Open for writing too: it does not end when the last writer leaves.
    this.#fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
    this.#socket = new Socket({ fd: this.#fd, readable: true, writable: false });
    const lines = createInterface({ input: this.#socket });
    this.#ended = /** @type {Promise<void>} */ (new Promise((resolve) => lines.on('line', (line) => (line === end ? resolve(undefined) : onLine(line)))));
  }

  /** Fulfilled when every line written so far has been heard. */
  async close() {
    writeSync(this.#fd, `${end}\n`);
    await this.#ended;
    this.#socket.destroy();
  }
}
