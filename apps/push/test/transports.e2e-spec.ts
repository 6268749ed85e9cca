import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decode } from '@msgpack/msgpack';
import { messagePackHubProtocol } from '@portico/realtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withRedirect } from './connect-push.js';
import { RecordingService, type EventHandler } from './recording-service.js';
import { startPush, type TestPush } from './start-push.js';

const run = promisify(execFile);
const client = fileURLToPath(new URL('client.mjs', import.meta.url));

let push: TestPush;
let service: RecordingService;

beforeAll(async () => {
  service = await new RecordingService().start();
  push = await startPush({ rules: [{ urlTemplate: `${service.url}/{hub}/{category}/{event}`, categoryPattern: 'messages' }] });
  service.handler = answerCalls;
});

afterAll(async () => {
  await push?.close();
  await service?.close();
});

/** Tells the client news over its own connection, and answers in its protocol. */
const answerCalls: EventHandler = ({ path, headers, body }, response) => {
  const binary = headers['content-type'] === 'application/x-msgpack';
  const [, , id, , args] = binary ? (decode(body) as unknown[]) : callOf(body);
  if (path === '/shop/messages/fail') return void response.writeHead(500).end('oh');
  void push.endpoint.hub('shop').connection(String(headers['x-asrs-connection-id'])).send('news', headers['x-asrs-user-id'], 7).then(() => {
    const result = { heard: args };
    if (binary) response.end(messagePackHubProtocol.write({ type: 3, invocationId: id as string, hasResult: true, result }));
    else response.end(JSON.stringify({ type: 3, invocationId: id, result }));
  });
};

function callOf(body: Buffer): unknown[] {
  const { invocationId, target, arguments: args } = JSON.parse(body.toString()) as Record<string, unknown>;
  return [1, {}, invocationId, target, args];
}

it.each([
  ['WebSockets', 'json'],
  ['WebSockets', 'messagepack'],
  ['ServerSentEvents', 'json'],
  ['LongPolling', 'json'],
  ['LongPolling', 'messagepack'],
])('the official client comes by redirect, hears and is answered over %s in %s', async (transport, protocol) => {
  const seen = await withRedirect(() => push.endpoint.clientAccess('shop', { userId: 'ann' }), async (url) => JSON.parse((await run(process.execPath, [client, url, transport, protocol], { timeout: 15_000 })).stdout));
  expect(seen).toEqual({ answer: { heard: ['Zoë', { tags: ['a'] }] }, error: 'Invocation failed, status code 500', news: ['ann', 7] });
});
