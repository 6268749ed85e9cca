import { HeaderList } from '@portico/core';
import { expect, it } from 'vitest';
import { responseHeaders } from './response-headers.js';

it('takes the fields of the connection out of an answer, and keeps the others in their order', () => {
  const fields = responseHeaders([
    ['Content-Type', 'text/plain'],
    ['Set-Cookie', 'a=1'],
    ['Keep-Alive', 'timeout=5'],
    ['Connection', 'keep-alive, X-Hop'],
    ['X-Hop', '1'],
    ['Proxy-Authenticate', 'Basic'],
    ['Trailer', 'x'],
    ['Upgrade', 'h2c'],
    ['set-cookie', 'b=2'],
    [':status', '200'],
    ['Content-Length', '4'],
  ]);
  expect([...fields]).toEqual([
    ['content-type', 'text/plain'],
    ['set-cookie', 'a=1'],
    ['set-cookie', 'b=2'],
    ['content-length', '4'],
  ]);
});

it('drops a length beside a transfer coding', () => {
  expect([...responseHeaders(new HeaderList([['transfer-encoding', 'chunked'], ['content-length', '4']]))]).toEqual([]);
});
