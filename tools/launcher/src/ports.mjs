import { connect, createServer } from 'node:net';
import { LaunchError } from './launch-error.mjs';

/** @typedef {import('./places.mjs').Place} Place */

/**
 * Refuses to go on while a needed port is in use.
 * @param {readonly Place[]} places
 * @throws {LaunchError} naming every such port, who needs it and which variable moves it
 */
export async function assertPortsFree(places) {
  const reasons = await Promise.all(places.map(({ chosen }) => whyNotFree(chosen)));
  const faults = places.flatMap((place, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [`Port ${place.chosen} ${reason}. ${place.name} needs it; ${place.variable}=<port> moves ${place.name} elsewhere.`];
  });
  if (faults.length > 0) throw new LaunchError(faults.join('\n'));
}

/**
 * Whether something accepts connections on this port of 127.0.0.1.
 * @param {number} port
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export function accepts(port, timeoutMs = 500) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: timeoutMs });
    /** @param {boolean} answer */
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/**
 * Both addresses are tried: where the one is bound, some systems still give out the other.
 * @param {number} port
 * @returns {Promise<string | undefined>}
 */
async function whyNotFree(port) {
  for (const host of ['127.0.0.1', '0.0.0.0']) {
    const code = await bindingFault(port, host);
    if (code === 'EADDRINUSE') return 'is taken';
    if (code === 'EACCES') return 'may not be used by this account';
    if (code !== undefined) return `cannot be used (${code})`;
  }
  return undefined;
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>}
 */
function bindingFault(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
