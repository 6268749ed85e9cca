import { ManualClock } from '@portico/core/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectPush, type PushClient } from './connect-push.js';
import { RecordingService } from './recording-service.js';
import { accessKey, endpointOf, secondaryKey, startPush, type TestPush, type TestPushOptions } from './start-push.js';

let push: TestPush;
let service: RecordingService;
const clients: PushClient[] = [];

beforeEach(async () => {
  service = await new RecordingService().start();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(({ connection }) => connection.stop()));
  await push?.close();
  await service.close();
});

async function start(options: TestPushOptions = {}): Promise<void> {
  push = await startPush({ rules: [{ urlTemplate: `${service.url}/{hub}/{category}/{event}` }], ...options });
}

async function connect(access?: Parameters<typeof connectPush>[2]): Promise<PushClient> {
  const client = await connectPush(push.endpoint, 'shop', access);
  clients.push(client);
  return client;
}

/** Answers calls as this says, and everything else with 204. */
function answer(status: number, body?: string | ((invocationId: string) => string)): void {
  service.handler = ({ headers, body: sent }, response) => {
    if (headers['x-asrs-category'] !== 'messages') return void response.writeHead(204).end();
    const { invocationId = '' } = JSON.parse(sent.toString()) as { invocationId?: string };
    response.writeHead(status, { location: `${service.url}/elsewhere` }).end(typeof body === 'function' ? body(invocationId) : body);
  };
}

const failure = (call: Promise<unknown>): Promise<string> => call.then(() => 'no failure', (error: Error) => error.message);

describe('an event', () => {
  it('says of whom it is and that it comes from the push service, in the order in which it happened', async () => {
    await start();
    const client = await connect({ userId: 'Zoë', claims: { role: ['reader', 'author'], deep: { a: 1 }, 'asrs.s.own': 'x' } });
    await client.connection.send('say hello/there', 1);
    await expect.poll(() => service.paths('messages')).toHaveLength(1);
    await client.connection.stop();
    await expect.poll(() => service.seen.map(({ path, body }) => [path, JSON.parse(body.toString())])).toEqual([
      ['/shop/connections/connected', { type: 10 }],
      ['/shop/messages/say%20hello%2Fthere', { type: 1, target: 'say hello/there', arguments: [1] }],
      ['/shop/connections/disconnected', { type: 11 }],
    ]);
    for (const { headers } of service.seen) {
      expect(headers).toMatchObject({
        'x-asrs-connection-id': client.id,
        'x-asrs-hub': 'shop',
        'x-asrs-user-id': 'Zo%C3%AB',
        'x-asrs-client-query': expect.stringMatching(/^\?hub=shop&negotiateVersion=1/),
        'x-asrs-user-claims': expect.stringContaining('role: reader, role: author, deep: {"a":1}'),
        'content-type': 'application/json',
      });
      expect(headers['x-asrs-client-query']).not.toContain('access_token');
      expect(headers['x-asrs-user-claims']).not.toContain('asrs.s');
      expect(String(headers['x-asrs-signature']).split(',')).toHaveLength(2);
      for (const key of [accessKey, secondaryKey]) expect(endpointOf(push.publicUrl, key).isFromPush(headers)).toBe(true);
      expect(endpointOf(push.publicUrl, 'another-key-that-nobody-knows-here').isFromPush(headers)).toBe(false);
      expect(push.endpoint.isFromPush({ ...headers, 'x-asrs-connection-id': 'another' })).toBe(false);
      expect(push.endpoint.isFromPush({})).toBe(false);
    }
  });

  it('of an end tells why it came', async () => {
    await start();
    const client = await connect();
    await push.endpoint.hub('shop').connection(client.id).close('sold out');
    await expect.poll(() => service.seen.at(-1)?.body.toString()).toBe('{"type":11,"error":"sold out"}');
  });

  it('goes where the first rule says that matches, and nowhere without one', async () => {
    await start({
      rules: [
        { urlTemplate: `${service.url}/first?of={event}`, hubPattern: 'Shop,news', categoryPattern: 'messages', eventPattern: 'buy,sell' },
        { urlTemplate: `${service.url}/second/{event}`, categoryPattern: 'messages', eventPattern: 'BUY,..,look' },
      ],
    });
    const client = await connect();
    for (const method of ['buy', 'look', '..', 'dance']) await client.connection.send(method);
    expect(await failure(client.connection.invoke('dance'))).toBe('Invocation failed, no service hears it.');
    expect(service.seen.map(({ path }) => path)).toEqual(['/first?of=buy', '/second/look']);
  });

  it('is told at the end of the app, before that is over', async () => {
    await start();
    await connect();
    await push.close();
    expect(service.paths('connections')).toEqual(['/shop/connections/connected', '/shop/connections/disconnected']);
  });

  it('of an end comes after the last call, however long that takes', async () => {
    await start();
    let finish = (): void => {};
    service.handler = ({ path }, response) => {
      if (path.endsWith('/buy')) finish = () => void response.writeHead(204).end();
      else response.writeHead(204).end();
    };
    const client = await connect();
    await client.connection.send('buy');
    await expect.poll(() => service.paths('messages')).toHaveLength(1);
    await client.connection.stop();
    await expect.poll(() => push.endpoint.hub('shop').connection(client.id).exists()).toBe(false);
    expect(service.paths('connections')).toEqual(['/shop/connections/connected']);
    finish();
    await expect.poll(() => service.paths('connections')).toEqual(['/shop/connections/connected', '/shop/connections/disconnected']);
  });

  it('that no service takes harms nobody: connections live on', async () => {
    await start();
    service.handler = (_event, response) => void response.writeHead(500).end();
    const client = await connect();
    await push.endpoint.hub('shop').all.send('news', 1);
    await expect.poll(() => client.heard).toEqual([[1]]);
  });
});

describe('a call', () => {
  it.each<[string, number, (id: string) => string, unknown]>([
    ['with the result of the service', 200, (invocationId) => JSON.stringify({ type: 3, invocationId, result: [1, null] }), [1, null]],
    ['with a result that is null, and ended by the service itself', 200, (invocationId) => `${JSON.stringify({ type: 3, invocationId, result: null })}\x1e`, null],
    ['with nothing for a completion without a result', 200, (invocationId) => JSON.stringify({ type: 3, invocationId }), undefined],
    ['with nothing for an empty answer', 200, () => '', undefined],
    ['with nothing for 204', 204, () => '', undefined],
  ])('is answered %s', async (_, status, body, result) => {
    await start();
    answer(status, body);
    const client = await connect();
    expect(await client.connection.invoke('buy', 1)).toEqual(result);
  });

  it.each<[string, number, (id: string) => string, string]>([
    ['the error of the service', 200, (invocationId) => JSON.stringify({ type: 3, invocationId, error: 'Sold out.' }), 'Sold out.'],
    ['any other status', 404, () => '', 'Invocation failed, status code 404'],
    ['a redirect, which is not followed', 302, () => '', 'Invocation failed, status code 302'],
    ['what is no completion of it', 200, () => JSON.stringify({ type: 3, invocationId: 'other', result: 1 }), 'Invocation failed, the response is no completion of it.'],
    ['what is no message at all', 200, () => '<html>', 'Invocation failed, the response is no completion of it.'],
    ['more than one message', 200, (invocationId) => `${JSON.stringify({ type: 3, invocationId })}\x1e{"type":6}`, 'Invocation failed, the response is no completion of it.'],
    ['an answer that is too large', 200, () => 'x'.repeat(2_000), 'Invocation failed, response too large.'],
  ])('fails with %s', async (_, status, body, message) => {
    await start({ config: { events: { maxAnswerBytes: 1_000 } } });
    answer(status, body);
    const client = await connect();
    expect(await failure(client.connection.invoke('buy'))).toBe(message);
    expect(service.paths('messages')).toEqual(['/shop/messages/buy']);
  });

  it('fails when the service cannot be reached', async () => {
    await start({ rules: [{ urlTemplate: 'http://127.0.0.1:1/{event}', categoryPattern: 'messages' }] });
    const client = await connect();
    expect(await failure(client.connection.invoke('buy'))).toBe('Invocation failed, status code 502');
  });

  it('fails when the service does not answer in time, while others go on', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock, config: { events: { timeoutMs: 500, maxConcurrent: 2 } } });
    const [slow, quick] = [await connect(), await connect()];
    service.handler = ({ path }, response) => {
      if (path !== '/shop/messages/never') response.writeHead(204).end();
    };
    const late = failure(slow.connection.invoke('never'));
    await expect.poll(() => service.paths('messages')).toEqual(['/shop/messages/never']);
    expect(await quick.connection.invoke('buy')).toBeUndefined();
    await clock.advance(500);
    expect(await late).toBe('Invocation failed, status code 504');
  });

  it('waits for its turn when as many as are allowed are under way, and no longer than any', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock, rules: [{ urlTemplate: `${service.url}/{event}`, categoryPattern: 'messages' }], config: { events: { timeoutMs: 500, maxConcurrent: 1 } } });
    const [first, second, third] = [await connect(), await connect(), await connect()];
    let finish = (): void => {};
    service.handler = ({ path }, response) => {
      if (path === '/first') finish = () => void response.writeHead(204).end();
      else if (path === '/') response.end();
    };
    const one = first.connection.invoke('first');
    await expect.poll(() => service.paths('messages')).toEqual(['/first']);
    const two = failure(second.connection.invoke('second'));
    // What is asked after it is answered: it waits.
    await third.connection.invoke('..').catch(() => {});
    for (let probe = 0; probe < 3; probe += 1) await fetch(service.url, { method: 'POST' });
    expect(service.paths('messages')).toEqual(['/first']);
    finish();
    await one;
    await expect.poll(() => service.paths('messages')).toEqual(['/first', '/second']);
    const three = failure(third.connection.invoke('third'));
    await first.connection.invoke('..').catch(() => {});
    await clock.advance(500);
    expect([await two, await three]).toEqual(['Invocation failed, status code 504', 'Invocation failed, status code 504']);
  });

  it('cannot be a stream, nor bring one', async () => {
    await start();
    const client = await connect();
    const stream = new Promise((resolve) => client.connection.stream('buy').subscribe({ next: () => {}, complete: () => resolve('no failure'), error: (error: Error) => resolve(error.message) }));
    expect(await stream).toBe("The client attempted to invoke the non-streaming 'buy' method with a streaming invocation.");
    expect(service.paths('messages')).toEqual([]);
  });
});
