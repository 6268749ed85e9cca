import { Child, describeExit } from '../run/child.mjs';

/** A stop that takes longer than this would make a saved change slow to see. */
const patienceMs = 700;

/**
 * One app that is started anew whenever its bundle changes. The old process goes before the new one comes: both need the port.
 * The next process is made ahead of time and waits with its packages loaded, so that a saved change is seen without that delay.
 */
export class RestartingApp {
  #options;
  #log;
  /** @type {Child | undefined} */
  #child;
  /** @type {Child | undefined} */
  #spare;
  #stopped = false;
  #wanted = 0;
  /** @type {Promise<void>} */
  #work = Promise.resolve();

  /**
   * @param {import('../run/child.mjs').ChildOptions} options
   * @param {(line: string) => void} log
   */
  constructor(options, log) {
    this.#options = options;
    this.#log = log;
  }

  /** Starts it, or starts it anew. Of several calls while one is under way only the last one counts. */
  restart() {
    const wish = ++this.#wanted;
    this.#work = this.#work.then(async () => {
      if (wish !== this.#wanted || this.#stopped) return;
      const old = this.#child;
      this.#child = undefined;
      await old?.stop(patienceMs);
      if (this.#stopped) return;
      this.#log(old ? `${this.#options.name} starts anew` : `${this.#options.name} starts`);
      const child = this.#spare?.running ? this.#spare : new Child(this.#options);
      child.start();
      this.#child = child;
      this.#spare = this.#options.warmUp === undefined ? undefined : new Child(this.#options);
      void child.exited.then((exit) => {
        if (this.#child === child && !this.#stopped) this.#log(`${child.name} stopped by itself (${describeExit(exit)}); it starts anew with the next change`);
      });
    });
  }

  async stop() {
    this.#stopped = true;
    await this.#work;
    this.#spare?.kill();
    await this.#child?.stop();
    await this.#spare?.exited;
  }
}
