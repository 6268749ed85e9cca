import { WebSocket } from 'ws';
import { closedLoop } from '../closed-loop.mjs';
import { deliveryReader } from './delivery-reader.mjs';

/** @typedef {import('./dialects.mjs').Dialect} Dialect */

/**
 * What hears of the clients.
 * @typedef {object} CrowdListener
 * @property {(client: number, delivery: import('./delivery-reader.mjs').Delivery) => void} delivered
 * @property {(error: Error) => void} failed a client got what it should not, or lost its connection
 */

/** Connections that are being opened at the same time. */
const opening = 32;
const keepAliveMs = 15_000;
/** Pings are spread over the time in which they are due, as those of clients that came one by one. */
const pingTickMs = 100;

/**
 * Opens a client for each group that is named.
 * @param {Dialect} dialect
 * @param {string} origin
 * @param {readonly string[]} groups by client
 * @param {CrowdListener} listener
 * @returns {Promise<void>} once all are connected
 */
export async function openCrowd(dialect, origin, groups, listener) {
  /** @type {WebSocket[]} */
  const sockets = [];
  let left = groups.length;
  await closedLoop(opening, () => left-- > 0, async (client) => {
    sockets.push(await connected(dialect, await dialect.address(origin, groups[client] ?? ''), client, listener));
  });
  if (dialect.ping !== undefined) keepAlive(sockets, dialect.ping);
}

/**
 * @param {Dialect} dialect
 * @param {string} address
 * @param {number} client
 * @param {CrowdListener} listener
 * @returns {Promise<WebSocket>}
 */
function connected({ opening, welcomes, answer, call }, address, client, { delivered, failed }) {
  const read = deliveryReader(call);
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, { perMessageDeflate: false });
    const fail = (/** @type {string} */ what) => {
      const error = new Error(`client ${client} ${what}`);
      reject(error);
      failed(error);
    };
    socket.on('open', () => socket.send(opening));
    socket.on('error', ({ message }) => fail(`failed: ${message}`));
    socket.on('close', (code) => fail(`lost its connection with ${code}`));
    socket.on('message', (data) => {
      const text = data.toString();
      const delivery = read(text);
      if (delivery) return delivered(client, delivery);
      if (welcomes(text)) return resolve(socket);
      const said = answer(text);
      if (said === undefined) fail(`got ${text}`);
      else if (said !== '') socket.send(said);
    });
  });
}

/**
 * @param {readonly WebSocket[]} sockets
 * @param {string} ping
 */
function keepAlive(sockets, ping) {
  const share = Math.ceil((sockets.length * pingTickMs) / keepAliveMs);
  let next = 0;
  setInterval(() => {
    for (let index = 0; index < share; index += 1) sockets[next++ % sockets.length]?.send(ping);
  }, pingTickMs);
}
