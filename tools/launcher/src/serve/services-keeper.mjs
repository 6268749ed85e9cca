import { setTimeout as pause } from 'node:timers/promises';
import { accepts } from '../ports.mjs';

/** @typedef {import('../places.mjs').Place} Place */
/** @typedef {{ readonly ended: Promise<void>, stop(): Promise<void> }} Owned services that this process runs */

/**
 * @typedef {object} KeeperOptions
 * @property {readonly Place[]} places where the services listen
 * @property {import('./owner-lock.mjs').OwnerLock} lock
 * @property {() => Promise<Owned>} own starts the services
 * @property {(line: string) => void} log
 * @property {number} [pollMs] 1 s by default
 */

/** Rounds for which only some ports may answer before that is worth a word. */
const patientRounds = 10;

/** How many times slower than usual services are started that end again and again. */
const slowestFactor = 8;

/** Services that ended sooner than this did not really start. */
const shortLifeMs = 3_000;

/**
 * Sees to it that the services are up while several terminals come and go: those of another terminal are used as they are,
 * and when they go away, one of the terminals that are left starts them.
 */
export class ServicesKeeper {
  #options;
  #reusing = false;
  #partialRounds = 0;
  #failures = 0;

  /** @param {KeeperOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /**
   * Keeps them until `stop` is aborted, then stops what it started.
   * @param {AbortSignal} stop
   */
  async run(stop) {
    const { lock, pollMs = 1_000 } = this.#options;
    while (!stop.aborted) {
      if ((await this.#state()) === 'down' && !stop.aborted && lock.take()) {
        try {
          await this.#runOwned(stop);
        } finally {
          lock.release();
        }
      }
      await pause(pollMs * Math.min(2 ** this.#failures, slowestFactor), undefined, { signal: stop }).catch(() => {});
    }
  }

  /** @param {AbortSignal} stop */
  async #runOwned(stop) {
    const { own, lock, log } = this.#options;
    this.#reusing = false;
    const startedAt = performance.now();
    try {
      const owned = await own();
      const onStop = () => {
        // Let go first: the next terminal may begin as soon as the ports are free.
        lock.release();
        void owned.stop();
      };
      if (stop.aborted) onStop();
      else stop.addEventListener('abort', onStop, { once: true });
      await owned.ended;
      stop.removeEventListener('abort', onStop);
    } catch (error) {
      log(`The services could not be started; a new try follows.\n${error instanceof Error ? error.message : error}`);
    }
    this.#failures = performance.now() - startedAt < shortLifeMs ? this.#failures + 1 : 0;
  }

  /** @returns {Promise<'up' | 'down' | 'partial'>} */
  async #state() {
    const { places, log } = this.#options;
    const answers = await Promise.all(places.map(({ chosen }) => accepts(chosen)));
    if (answers.every(Boolean)) {
      if (!this.#reusing) log('The services answer already: they are used as they are.');
      this.#reusing = true;
      this.#failures = 0;
      this.#partialRounds = 0;
      return 'up';
    }
    if (!answers.some(Boolean)) {
      if (this.#reusing) log('The services went away.');
      this.#reusing = false;
      this.#partialRounds = 0;
      return 'down';
    }
    if (++this.#partialRounds === patientRounds) {
      const missing = places.filter((_, index) => !answers[index]).map(({ name, chosen }) => `${name} (${chosen})`);
      log(`Some services are missing: ${missing.join(', ')}. Something else may hold the ports of the others.`);
    }
    return 'partial';
  }
}
