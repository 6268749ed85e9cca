import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRaw, parseAnswer } from '../raw-client.js';
import { codeOf, startHardened, type HardenedApp } from './hardened-app.js';

let app: HardenedApp;
beforeAll(async () => {
  app = await startHardened({ overrides: { http: { requestTimeoutMs: 300 } } });
});
afterAll(() => app.close());

/** Sends `text`, then one more byte every 30 ms for as long as the connection stands. */
async function drip(text: string) {
  const { socket, closed } = openRaw(app.port, text);
  const timer = setInterval(() => socket.write('a'), 30);
  const answer = await closed.finally(() => clearInterval(timer));
  return parseAnswer(answer);
}

describe('a client that sends slowly', () => {
  it.each([
    ['a header', 'GET /things/1 HTTP/1.1\r\nhost: a\r\nx-slow: '],
    ['a body', 'POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n'],
    ['a line', 'GET /things/'],
  ])('%s, byte by byte, is answered with 408 when the time for a request is over', async (_what, text) => {
    const answer = await drip(text);
    expect([answer.status, codeOf(answer), answer.headers.connection]).toEqual([408, 'REQUEST_TIMEOUT', 'close']);
  });

  it('is cut off sooner than Node would by default', () => {
    const { requestTimeout, headersTimeout } = app.gateway.app.getHttpServer() as { requestTimeout: number; headersTimeout: number };
    expect([requestTimeout, headersTimeout]).toEqual([300, 300]);
  });
});
