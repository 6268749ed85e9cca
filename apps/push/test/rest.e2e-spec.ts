import { request } from 'node:http';
import { encode } from '@msgpack/msgpack';
import { systemClock } from '@portico/core';
import { signToken } from '@portico/realtime';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectPush, type PushClient } from './connect-push.js';
import { accessKey, endpointOf, secondaryKey, startPush, type TestPush } from './start-push.js';

let push: TestPush;
const clients: PushClient[] = [];

beforeAll(async () => {
  push = await startPush();
});

afterEach(async () => {
  await Promise.all(clients.splice(0).map(({ connection }) => connection.stop()));
});

afterAll(() => push?.close());

async function connect(userId?: string, options?: Parameters<typeof connectPush>[3]): Promise<PushClient> {
  const client = await connectPush(push.endpoint, 'shop', { userId }, options);
  clients.push(client);
  return client;
}

interface Ask {
  readonly query?: string;
  readonly body?: unknown;
  readonly type?: string;
  readonly key?: string;
  /** The audience of the token; the address by default. */
  readonly audience?: string;
  readonly lifeS?: number;
}

type Bytes = string | Uint8Array<ArrayBuffer>;

const bytesOf = (body: unknown): Bytes => (typeof body === 'string' || body instanceof Uint8Array ? (body as Bytes) : JSON.stringify(body));

/** Asks as a service does that has no lib. */
function ask(method: string, path: string, { query = 'api-version=2022-06-01', body, type = 'application/json', key = accessKey, audience = push.publicUrl + path, lifeS = 60 }: Ask = {}): Promise<Response> {
  const token = signToken({}, { accessKey: key, audience, lifeS, clock: systemClock });
  return fetch(`${push.url}${path}?${query}`, { method, headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) }, ...(body !== undefined && { body: bytesOf(body) }) });
}

const news = (...args: unknown[]): object => ({ target: 'news', arguments: args });
const send = '/api/hubs/shop/:send';

describe('a send', () => {
  it('reaches all of a hub, a group, a user or a connection, and nobody else', async () => {
    const [ann, annToo, bob] = [await connect('ann'), await connect('ann', { protocol: 'messagepack' }), await connect('bob', { transport: 'LongPolling' })];
    const shop = push.endpoint.hub('shop');
    expect(await shop.connection(bob.id).join('buyers')).toBe(true);
    await shop.all.send('news', 'all');
    await shop.group('buyers').send('news', 'buyers');
    await shop.user('ann').send('news', 'ann');
    await shop.connection(bob.id).send('news', 'bob', { bytes: Buffer.from('hi') });
    await push.endpoint.hub('other').all.send('news', 'other');
    await expect.poll(() => [ann.heard, annToo.heard, bob.heard]).toEqual([[['all'], ['ann']], [['all'], ['ann']], [['all'], ['buyers'], ['bob', { bytes: 'aGk=' }]]]);
  });

  it('leaves out the connections that are excluded, of all, of a group and of a user', async () => {
    const [first, second, third] = [await connect(), await connect(), await connect()];
    const shop = push.endpoint.hub('shop');
    for (const { id } of [first, second]) await shop.connection(id).join('pair');
    await shop.allExcept([first.id, second.id]).send('news', 'third');
    await shop.group('pair', [first.id]).send('news', 'second');
    const [fay, fayToo] = [await connect('fay'), await connect('fay')];
    await shop.user('fay', [fay.id]).send('news', 'fay');
    await shop.all.send('news', 'last');
    await expect.poll(() => [first, second, third, fay, fayToo].map(({ heard }) => heard)).toEqual([[['last']], [['second'], ['last']], [['third'], ['last']], [['last']], [['fay'], ['last']]]);
  });

  it('is accepted with 202 even if nobody is there', async () => {
    for (const path of ['', '/groups/none', '/users/none', '/connections/none']) expect((await ask('POST', `/api/hubs/shop${path}/:send`, { body: news() })).status).toBe(202);
  });

  it('may be MessagePack, or a body of either kind without a media type of its own', async () => {
    const client = await connect();
    const bodies: [unknown, string][] = [
      [encode(news(1)), 'application/x-msgpack'],
      [encode({ Target: 'news', Arguments: [2] }), 'application/octet-stream'],
      [JSON.stringify(news(3)), 'application/octet-stream'],
      [news(4), 'application/json; charset=utf-8'],
    ];
    for (const [body, type] of bodies) expect((await ask('POST', send, { body, type })).status).toBe(202);
    await expect.poll(() => client.heard).toEqual([[1], [2], [3], [4]]);
  });

  it.each([
    ['no JSON', '{', 'application/json', 400, 'REQUEST_MALFORMED'],
    ['no MessagePack', Uint8Array.of(0xc1), 'application/x-msgpack', 400, 'REQUEST_MALFORMED'],
    ['no body', undefined, 'application/json', 400, 'REQUEST_MALFORMED'],
    ['no target', { arguments: [] }, 'application/json', 400, 'REQUEST_INVALID'],
    ['an empty target', { target: '', arguments: [] }, 'application/json', 400, 'REQUEST_INVALID'],
    ['arguments that are no list', { target: 'news', arguments: {} }, 'application/json', 400, 'REQUEST_INVALID'],
    ['a list', [], 'application/json', 400, 'REQUEST_INVALID'],
    ['arguments nested too deep', `{"target":"news","arguments":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'application/json', 400, 'REQUEST_INVALID'],
    ['text', 'news', 'text/plain', 415, 'CONTENT_TYPE_UNSUPPORTED'],
    ['more than a megabyte', news('x'.repeat(1_048_576)), 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('of %s is refused', async (_, body, type, status, code) => {
    const answer = await ask('POST', send, { body, type });
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([status, 'application/problem+json; charset=utf-8', expect.objectContaining({ code, status })]);
  });
});

it('the largest body is what is set', async () => {
  const small = await startPush({ config: { http: { maxBodyBytes: 1_024 } } });
  try {
    await expect(small.endpoint.hub('shop').all.send('news', 'x'.repeat(1_024))).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID', cause: expect.objectContaining({ message: expect.stringContaining('413') }) });
    await small.endpoint.hub('shop').all.send('news', 'x');
  } finally {
    await small.close();
  }
});

describe('a token of a service', () => {
  it('is good with either key, for the old form of the address, and with a slash at the end', async () => {
    expect((await ask('POST', send, { body: news(), key: secondaryKey })).status).toBe(202);
    expect((await ask('POST', '/api/v1/hubs/shop/:send', { body: news(), query: '' })).status).toBe(202);
    expect((await ask('POST', `${send}/`, { body: news(), audience: push.publicUrl + send })).status).toBe(202);
  });

  it.each<[string, Ask]>([
    ['by another key', { key: 'another-key-that-nobody-knows-here' }],
    ['that has ended', { lifeS: -1 }],
    ['for another address', { audience: 'http://localhost/api/hubs/shop/users/ann/:send' }],
    ['for a client', { audience: 'client' }],
  ])('%s is refused with 401', async (_, asked) => {
    const { audience } = asked;
    const answer = await ask('POST', send, { body: news(), ...asked, ...(audience === 'client' && { audience: `${push.publicUrl}/client/?hub=shop` }) });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
  });

  it('is needed for everything but health', async () => {
    const answer = await fetch(`${push.url}${send}?api-version=2022-06-01`, { method: 'POST' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    for (const path of ['/health', '/api/health', '/api/v1/health', '/health/live', '/health/ready']) expect((await fetch(push.url + path, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('a version of the interface', () => {
  it.each(['', 'api-version=', 'api-version=2021-01-01'])('"%s" is refused with 400 and the ones that are spoken', async (query) => {
    const answer = await ask('POST', send, { body: news(), query });
    expect([answer.status, await answer.json()]).toEqual([400, expect.objectContaining({ faults: [{ path: 'query.api-version', message: 'must be one of 2022-06-01, 2022-11-01' }] })]);
  });

  it('may be asked together with the name of an application', async () => {
    const client = await connect();
    expect((await ask('POST', send, { body: news('app'), query: 'application=one&api-version=2022-11-01' })).status).toBe(202);
    await expect.poll(() => client.heard).toEqual([['app']]);
  });

  it('of 2022-11-01 makes tokens for clients, and the one before does not', async () => {
    const path = '/api/hubs/Shop/:generateToken';
    const { token } = (await (await ask('POST', path, { query: 'api-version=2022-11-01&userId=ann&minutesToExpire=5' })).json()) as { token: string };
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ nameid: 'ann', aud: `${push.publicUrl}/client/?hub=shop` });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(300);
    expect((await fetch(`${push.url}/client/negotiate?hub=shop`, { method: 'POST', headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
    expect((await ask('POST', path)).status).toBe(400);
    expect((await ask('POST', path, { query: 'api-version=2022-11-01&minutesToExpire=soon' })).status).toBe(400);
  });
});

describe('presence', () => {
  it('tells whether there is such a connection, user or group', async () => {
    const ann = await connect('ann');
    const shop = push.endpoint.hub('shop');
    await shop.connection(ann.id).join('a group/with: signs');
    expect(await Promise.all([shop.connection(ann.id).exists(), shop.user('ann').exists(), shop.group('a group/with: signs').exists()])).toEqual([true, true, true]);
    expect(await Promise.all([shop.connection('none').exists(), shop.user('nobody').exists(), shop.group('a group').exists()])).toEqual([false, false, false]);
    await ann.connection.stop();
    await expect.poll(() => Promise.all([shop.connection(ann.id).exists(), shop.user('ann').exists(), shop.group('a group/with: signs').exists()])).toEqual([false, false, false]);
  });
});

describe('membership', () => {
  it('of a connection begins and ends by request, and is 404 for one that is not there', async () => {
    const client = await connect();
    const shop = push.endpoint.hub('shop');
    const group = `/api/hubs/shop/groups/readers/connections/`;
    expect((await ask('PUT', group + client.id)).status).toBe(200);
    expect((await ask('PUT', `${group}none`)).status).toBe(404);
    await shop.group('readers').send('news', 1);
    expect((await ask('DELETE', group + client.id)).status).toBe(200);
    expect((await ask('DELETE', `${group}none`)).status).toBe(404);
    await shop.group('readers').send('news', 2);
    for (const name of ['one', 'two']) await shop.connection(client.id).join(name);
    expect((await ask('DELETE', `/api/hubs/shop/connections/${client.id}/groups`)).status).toBe(200);
    expect(await Promise.all(['one', 'two'].map((name) => shop.group(name).exists()))).toEqual([false, false]);
    await shop.all.send('news', 3);
    await expect.poll(() => client.heard).toEqual([[1], [3]]);
  });

  it("of a user is also that of the user's later connections, until it ends", async () => {
    const shop = push.endpoint.hub('shop');
    const first = await connect('cleo');
    await shop.user('cleo').join('lasting');
    await shop.user('cleo').join('lasting', 0);
    await shop.user('cleo').join('today', 0);
    const second = await connect('cleo');
    expect(await Promise.all([shop.user('cleo').isIn('lasting'), shop.user('cleo').isIn('today'), shop.user('dan').isIn('lasting')])).toEqual([true, false, false]);
    await shop.group('lasting').send('news', 'lasting');
    await shop.group('today').send('news', 'today');
    await shop.user('cleo').leave('lasting');
    await shop.group('lasting').send('news', 'nobody');
    const third = await connect('cleo');
    await shop.group('lasting').send('news', 'nobody');
    await shop.user('cleo').leave();
    await shop.group('today').send('news', 'nobody');
    await shop.all.send('news', 'end');
    await expect.poll(() => [first, second, third].map(({ heard }) => heard)).toEqual([[['lasting'], ['today'], ['end']], [['lasting'], ['end']], [['end']]]);
  });

  it.each(['%20', 'x'.repeat(1_025)])('in a group whose name is blank or too long is refused: %#', async (group) => {
    const path = `/api/hubs/shop/groups/${group}/connections/none`;
    expect((await ask('PUT', path)).status).toBe(400);
  });

  it('takes names of 1024 characters, and a ttl that is a whole number only', async () => {
    expect((await ask('PUT', `/api/hubs/shop/users/ann/groups/${'x'.repeat(1_024)}`)).status).toBe(200);
    for (const ttl of ['-1', '1.5', 'soon', '']) expect((await ask('PUT', '/api/hubs/shop/users/ann/groups/g', { query: `api-version=2022-06-01&ttl=${ttl}` })).status).toBe(400);
    expect((await ask('DELETE', '/api/hubs/shop/users/ann/groups')).status).toBe(204);
  });
});

describe('closing', () => {
  it('ends one connection, those of a user or of a group, or all but those that are excluded, with the reason', async () => {
    const shop = push.endpoint.hub('shop');
    const [one, ofUser, inGroup, rest, spared] = [await connect(), await connect('eve'), await connect(), await connect(), await connect()];
    await shop.connection(inGroup.id).join('leaving');
    await shop.connection(one.id).close('one');
    await shop.user('eve').close('user');
    await shop.group('leaving').close('group');
    await expect.poll(() => [one, ofUser, inGroup].map(({ closed }) => closed?.error?.message)).toEqual(['one', 'user', 'group'].map((reason) => expect.stringContaining(reason)));
    expect(rest.closed).toBeUndefined();
    expect((await ask('POST', '/api/hubs/shop/:closeConnections', { query: `api-version=2022-06-01&reason=all&excluded=none&excluded=${spared.id}` })).status).toBe(204);
    await expect.poll(() => rest.closed?.error?.message).toContain('all');
    expect(spared.closed).toBeUndefined();
    expect((await ask('DELETE', '/api/hubs/shop/connections/none')).status).toBe(200);
  });
});

describe('anything else', () => {
  it('is a problem: 404 for a path that leads nowhere, 400 for what is no hub, 431 for too large a header', async () => {
    expect((await ask('POST', '/api/hubs/shop/:shout', { body: news() })).status).toBe(404);
    expect((await ask('POST', '/api/hubs/1shop/:send', { body: news() })).status).toBe(400);
    expect((await fetch(`${push.url}/nothing`)).headers.get('content-type')).toContain('problem+json');
    const status = await new Promise((resolve, reject) => {
      request(`${push.url}/health`, { headers: { 'x-large': 'x'.repeat(16_384) } }, (answer) => resolve(answer.statusCode)).on('error', reject).end();
    });
    expect(status).toBe(431);
  });

  it('is counted', async () => {
    await connect();
    expect(await (await fetch(`${push.url}/metrics`)).text()).toContain('portico_hub_connections{hub="shop",transport="WebSockets"} 1');
  });
});

describe('what a service uses', () => {
  it('tells apart a push service that refuses and one that is away, and refuses names that no address can have', async () => {
    await expect(endpointOf(push.publicUrl, 'another-key-that-nobody-knows-here').hub('shop').all.send('news')).rejects.toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    await expect(endpointOf('http://127.0.0.1:1').hub('shop').all.send('news')).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await expect(push.endpoint.hub('shop').group('..').send('news')).rejects.toThrow(TypeError);
  });
});
