/** @typedef {'info' | 'warn' | 'error'} Level */

/** Writes lines of JSON. */
export class Log {
  #write;

  /** @param {(line: string) => void} write takes a line with its end */
  constructor(write) {
    this.#write = write;
  }

  /** @param {string} msg @param {Readonly<Record<string, unknown>>} [fields] */
  info(msg, fields) {
    this.line('info', msg, fields);
  }

  /** @param {string} msg @param {Readonly<Record<string, unknown>>} [fields] */
  error(msg, fields) {
    this.line('error', msg, fields);
  }

  /** @param {Level} level @param {string} msg @param {Readonly<Record<string, unknown>>} [fields] */
  line(level, msg, fields = {}) {
    this.#write(`${JSON.stringify({ level, time: new Date().toISOString(), msg, ...fields })}\n`);
  }
}
