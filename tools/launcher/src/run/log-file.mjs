import { mkdirSync, openSync, closeSync, fstatSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes looked at for the last lines. */
const tailBytes = 16_384;

/** Folder of the logs, from the root. */
export const logFolder = '.portico/logs';

/** Takes the output of one child, and shows its end. Begins empty. */
export class LogFile {
  /** @type {string} */
  path;
  /** For `Child`. @type {number} */
  descriptor;

  /**
   * @param {string} root
   * @param {string} name
   */
  constructor(root, name) {
    mkdirSync(join(root, logFolder), { recursive: true });
    this.path = `${logFolder}/${name}.log`;
    this.descriptor = openSync(join(root, this.path), 'w+');
  }

  /**
   * @param {number} [count]
   * @returns {string} the last lines, indented; a sentence when there are none
   */
  lastLines(count = 15) {
    const { size } = fstatSync(this.descriptor);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(this.descriptor, buffer, 0, buffer.length, size - buffer.length);
    const text = buffer.toString('utf8').trimEnd();
    if (text === '') return '  (it wrote nothing)';
    return text.split('\n').slice(-count).map((line) => `  ${line}`).join('\n');
  }

  close() {
    closeSync(this.descriptor);
  }
}
