import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { collectGarbage } from '../../machine/collect-garbage.mjs';
import { publish } from './publish.mjs';

/**
 * What each system brings: its hub on a server that is there already. A client names its group when it connects.
 * @typedef {(server: import('node:http').Server) => { send: (to: string, message: object) => void }} OpenHub
 *   `to`: `all` or a group; calls `price` of these clients
 */

const [, , hub = ''] = process.argv;
const { openHub } = /** @type {{ openHub: OpenHub }} */ (await import(pathToFileURL(hub).href));
const server = createServer();
const { send } = openHub(server);

/** What the harness asks of every system, beside the paths of its hub. @type {Record<string, (request: import('node:http').IncomingMessage) => unknown>} */
const jobs = {
  '/ready': () => {},
  '/collect': collectGarbage,
  '/publish': async (request) => publish(/** @type {any} */ (await json(request)), send),
};

server.on('request', async (request, response) => {
  const job = jobs[request.url ?? ''];
  if (!job) return;
  await job(request);
  response.end();
});
server.listen(Number(process.env.PORT), '127.0.0.1');
