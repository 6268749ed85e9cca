import { request } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * How clients of a system speak: so little that both cost the load generator the same.
 * @typedef {object} Dialect
 * @property {(origin: string, group: string) => Promise<string>} address of a client's WebSocket
 * @property {string} opening what a client says first
 * @property {(text: string) => boolean} welcomes whether the client is connected from here on
 * @property {(text: string) => string | undefined} answer what a client says to what is no call; empty for nothing, undefined for what should not come
 * @property {readonly [before: string, after: string]} call what stands around the only argument of a call of `price`
 * @property {string | undefined} ping what a client has to say every 15 s; nothing where it only answers
 */

/** Record separator of the hub protocol. */
const end = '\x1e';
const ping = `{"type":6}${end}`;

/** @type {Dialect} */
const portico = {
  address: async (origin, group) => {
    const { connectionToken } = await posted(`${origin}/hubs/bench/negotiate?negotiateVersion=1&group=${group}`);
    return `${origin.replace('http', 'ws')}/hubs/bench?id=${connectionToken}`;
  },
  opening: `{"protocol":"json","version":1}${end}`,
  welcomes: (text) => text === `{}${end}`,
  answer: (text) => (text === ping ? '' : undefined),
  call: ['{"type":1,"target":"price","arguments":[', `]}${end}`],
  ping,
};

/** @type {Dialect} */
const socketio = {
  address: async (origin, group) => `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket&group=${group}`,
  opening: '40',
  welcomes: (text) => text.startsWith('40'),
  answer: (text) => (text === '2' ? '3' : text.startsWith('0{') ? '' : undefined),
  call: ['42["price",', ']'],
  ping: undefined,
};

/** By the name of the system. @type {Readonly<Record<string, Dialect>>} */
export const dialects = { 'portico-push': portico, socketio };

/**
 * Posts nothing, on a connection of its own: none stays behind in the memory of the server.
 * @param {string} url
 * @returns {Promise<any>}
 */
const posted = (url) =>
  new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent: false }, (response) => json(response).then(resolve, reject))
      .once('error', reject)
      .end();
  });
