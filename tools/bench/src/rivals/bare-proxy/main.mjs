import { createServer } from 'node:http';
import { Pool } from 'undici';
import { AnswerPasser } from './answer-passer.mjs';
import { passedOn } from './hop-by-hop.mjs';

const { DOCUMENTS_ORIGIN = '', PORT } = process.env;
const pool = new Pool(DOCUMENTS_ORIGIN, { connections: 64, pipelining: 1 });

createServer((request, response) => {
  const { method = 'GET', url = '/', rawHeaders, headers } = request;
  const hasBody = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  const call = { path: url, method, headers: passedOn(rawHeaders), body: hasBody ? request : null };
  pool.dispatch(/** @type {import('undici').Dispatcher.DispatchOptions} */ (call), new AnswerPasser(response));
}).listen(Number(PORT), '127.0.0.1');
