import { expect, it } from 'vitest';
import { responseHeaders } from './response-headers.js';

it('takes the fields of the connection out of an answer, and keeps the others in their order', () => {
  const fields = responseHeaders([
    'content-type', 'text/plain',
    'set-cookie', 'a=1',
    'keep-alive', 'timeout=5',
    'connection', 'keep-alive, X-Hop',
    'x-hop', '1',
    'proxy-authenticate', 'Basic',
    'trailer', 'x',
    'upgrade', 'h2c',
    'set-cookie', 'b=2',
    ':status', '200',
    'content-length', '4',
  ]);
  expect([...fields]).toEqual([
    ['content-type', 'text/plain'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['content-length', '4'],
  ]);
});

it('drops a length beside a transfer coding', () => {
  expect([...responseHeaders(['transfer-encoding', 'chunked', 'content-length', '4'])]).toEqual([]);
});
