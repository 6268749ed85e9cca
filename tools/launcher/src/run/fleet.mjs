import { LaunchError } from '../launch-error.mjs';
import { Child, describeExit } from './child.mjs';
import { LogFile } from './log-file.mjs';

/** The children of one `npm start`: they run together or not at all. */
export class Fleet {
  #root;
  /** @type {{ child: Child, log: LogFile }[]} */
  #members = [];
  #stopping = false;
  #loss = new AbortController();
  /** Aborted with a `LaunchError` when a member ends unasked. */
  lost = this.#loss.signal;

  /** @param {string} root where the logs go */
  constructor(root) {
    this.#root = root;
  }

  /** @param {Omit<import('./child.mjs').ChildOptions, 'output'>} options */
  launch(options) {
    const log = new LogFile(this.#root, options.name);
    const child = new Child({ ...options, output: log.descriptor });
    this.#members.push({ child, log });
    void child.exited.then((exit) => {
      if (this.#stopping) return;
      this.#loss.abort(new LaunchError(`${child.name} stopped unexpectedly (${describeExit(exit)}). Its last lines, from ${log.path}:\n${log.lastLines()}`));
    });
  }

  /** Stops every member; kills those that take longer than `patienceMs`. @param {number} [patienceMs] */
  async stop(patienceMs) {
    this.#stopping = true;
    await Promise.all(this.#members.map(({ child }) => child.stop(patienceMs)));
    for (const { log } of this.#members.splice(0)) log.close();
  }
}
