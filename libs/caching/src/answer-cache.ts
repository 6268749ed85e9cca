import type { Cache } from 'cache-manager';
import type { Clock, Deadline } from '@portico/core';
import { AnswerFlight } from './answer-flight.js';

/** Where `answerCache()` keeps whole answers, and which of them are being computed. One for a gateway. */
export class AnswerCache {
  readonly clock: Clock;
  readonly #cache: Cache;
  readonly #flights = new Map<string, AnswerFlight>();

  constructor(cache: Cache, clock: Clock) {
    this.#cache = cache;
    this.clock = clock;
  }

  /** The text kept under `key`; undefined when there is none or the cache fails. */
  async read(key: string): Promise<string | undefined> {
    try {
      const text = await this.#cache.get<string>(key);
      return typeof text === 'string' ? text : undefined;
    } catch {
      return undefined;
    }
  }

  /** Keeps `text` for `keepMs`. Never rejects. */
  async write(key: string, text: string, keepMs: number): Promise<void> {
    try {
      await this.#cache.set(key, text, keepMs);
    } catch {
      return;
    }
  }

  /** The flight that can be waited for under `key`. */
  flightOf(key: string): AnswerFlight | undefined {
    const flight = this.#flights.get(key);
    return flight?.open ? flight : undefined;
  }

  /** Opens a flight under `key`; it takes itself away when it lands. */
  openFlight(key: string, deadline: Deadline): AnswerFlight {
    const flight: AnswerFlight = new AnswerFlight(deadline, () => {
      if (this.#flights.get(key) === flight) this.#flights.delete(key);
    });
    this.#flights.set(key, flight);
    return flight;
  }
}
