import { Pool } from 'undici';
import { checkAnswer } from '../gate/check-answer.mjs';
import { workloadOf } from '../plan/workloads.mjs';
import { AnswerHandler } from './answer-handler.mjs';

/**
 * Whom to ask for what.
 * @typedef {object} Target
 * @property {string} origin of the gateway
 * @property {string} workload
 * @property {string | null} token bearer token, where the gateway wants one
 * @property {number} connections kept alive, each with one request at a time
 */

/**
 * @callback Ask
 * @param {number} n which request of the workload
 * @param {boolean} compare whether the answer passes the gate, or only needs status 200
 * @returns {Promise<void>} rejects with a readable difference when the answer is wrong
 */

/**
 * Opens connections to a gateway.
 * @param {Target} target
 * @returns {{ ask: Ask, close: () => Promise<void> }}
 */
export function openAsker({ origin, workload: name, token, connections }) {
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const workload = workloadOf(name);
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };

  /** @type {Ask} */
  const ask = (n, compare) =>
    new Promise((resolve, reject) => {
      const path = workload.path(n);
      const handler = new AnswerHandler(compare, (error, status, body) => {
        const wrong = error ?? (compare || status !== 200 ? checkAnswer(path, workload.expected(n), status, body) : undefined);
        if (wrong) reject(wrong);
        else resolve();
      });
      pool.dispatch({ path, method: 'GET', headers }, /** @type {any} */ (handler));
    });

  return { ask, close: () => pool.close() };
}
