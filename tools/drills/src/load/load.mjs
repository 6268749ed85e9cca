import { setTimeout as wait } from 'node:timers/promises';
import { sites } from '../composed.mjs';

/**
 * A request of the load: all of them may be repeated without harm.
 * @typedef {{ readonly host: string, readonly path: string, readonly headers?: Record<string, string> }} Ask
 */

/**
 * What came of a load.
 * @typedef {object} Tally
 * @property {number} sent
 * @property {number} answered: with a status below 400
 * @property {number} degraded those of them that lack a part or have it from elsewhere
 * @property {number} failed the rest, and those without an answer
 * @property {readonly number[]} durationsMs of those that were answered
 * @property {Readonly<Record<string, number>>} failures how many of each status or error
 */

/**
 * What every front end asks for: pages of products that nobody has kept yet, and of somebody who is signed in.
 * @param {{ token: string, session: Record<string, string> }} signedIn the access token of the desktop program's user, and the fields of the web shop's session
 * @returns {(number: number) => Ask}
 */
export function shopAsks({ token, session }) {
  const headers = { authorization: `Bearer ${token}` };
  return (number) => {
    const id = `p-${String(1 + ((number * 7) % 1_000)).padStart(4, '0')}`;
    /** @type {readonly Ask[]} */
    const asks = [
      { host: sites.web, path: `/api/products/${id}` },
      { host: sites.mobile, path: `/api/products/${id}` },
      { host: sites.desktop, path: `/api/products/${id}`, headers },
      { host: sites.desktop, path: '/api/orders', headers },
      { host: sites.web, path: '/api/orders', headers: session },
    ];
    return /** @type {Ask} */ (asks[number % asks.length]);
  };
}

/** Time between two requests of a client that is answered sooner, in ms: what all of them ask in a minute stays below what the BFFs let one address and one caller ask. */
export const everyMs = 200;

/** Some clients that ask again and again, for as long as they are let. */
export class Load {
  #composed;
  #askOf;
  #clients;
  #stopped = false;
  #number = 0;

  /**
   * @param {import('../composed.mjs').Composed} composed
   * @param {(number: number) => Ask} askOf
   * @param {number} clients
   */
  constructor(composed, askOf, clients) {
    this.#composed = composed;
    this.#askOf = askOf;
    this.#clients = clients;
  }

  /**
   * Runs beside `incident` and until it is over.
   * @param {() => Promise<void>} incident
   * @returns {Promise<Tally>}
   */
  async during(incident) {
    const tally = { sent: 0, answered: 0, degraded: 0, failed: 0, durationsMs: /** @type {number[]} */ ([]), failures: /** @type {Record<string, number>} */ ({}) };
    const clients = Array.from({ length: this.#clients }, () => this.#run(tally));
    try {
      await incident();
    } finally {
      this.#stopped = true;
      await Promise.all(clients);
    }
    return tally;
  }

  /** @param {{ sent: number, answered: number, degraded: number, failed: number, durationsMs: number[], failures: Record<string, number> }} tally */
  async #run(tally) {
    while (!this.#stopped) {
      const { host, path, headers } = this.#askOf(this.#number++);
      const begun = performance.now();
      tally.sent++;
      try {
        const answer = await this.#composed.ask(host, path, { ...(headers && { headers }) });
        if (answer.status >= 400) fail(tally, `${answer.status} ${codeOf(answer.body)}`);
        else {
          tally.answered++;
          tally.durationsMs.push(performance.now() - begun);
          if (answer.headers['portico-degraded'] !== undefined) tally.degraded++;
        }
      } catch (error) {
        fail(tally, error instanceof Error ? error.message : String(error));
      }
      const spentMs = performance.now() - begun;
      if (spentMs < everyMs) await wait(everyMs - spentMs);
    }
  }
}

/** @param {{ failed: number, failures: Record<string, number> }} tally @param {string} how */
function fail(tally, how) {
  tally.failed++;
  tally.failures[how] = (tally.failures[how] ?? 0) + 1;
}

/** The code of a problem (RFC 9457). @param {string} body */
function codeOf(body) {
  return /"code":"(\w+)"/.exec(body)?.[1] ?? '';
}
