import { connect } from 'node:net';
import { redisProgram } from './provide-redis.mjs';

/** @type {import('../servers.mjs').Launch} */
export const redisLaunch = {
  ports: 1,
  // What was written outlives a kill, as the registries of the other servers do.
  command: ([port], data) => [redisProgram(), '--port', String(port), '--bind', '127.0.0.1', '--dir', data, '--appendonly', 'yes', '--appendfsync', 'always', '--save', ''],
  origin: ([port]) => `redis://127.0.0.1:${port}`,
  isReady: (origin) => pings(Number(new URL(origin).port)),
};

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function pings(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (/** @type {boolean} */ ready) => {
      socket.destroy();
      resolve(ready);
    };
    socket.once('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.once('error', () => end(false));
  });
}
