import { PorticoError } from '@portico/core';
import { addressRateLimit } from '@portico/throttling';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdentityEndpoint } from '../src/index.js';
import { startApp, type TestApp } from './start-app.js';

const endpoints: readonly IdentityEndpoint[] = [
  {
    name: 'bff/login',
    method: 'GET',
    path: '/bff/login',
    handle: ({ url, secure }) => ({
      status: 302,
      headers: [
        ['location', `https://id.example/auth?from=${encodeURIComponent(url)}&secure=${secure}`],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
        ['cache-control', 'no-store'],
      ],
    }),
  },
  { name: 'bff/backchannel', method: 'POST', path: '/bff/backchannel', handle: ({ form }) => ({ status: 200, headers: [['content-type', 'text/plain']], body: form?.get('logout_token') ?? 'none' }) },
  {
    name: 'bff/user',
    method: 'GET',
    path: '/bff/user',
    handle: () => {
      throw new PorticoError('TOKEN_MISSING');
    },
  },
];

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ policies: [addressRateLimit({ limit: 20, windowMs: 60_000 })], definition: { identityEndpoints: () => endpoints } });
});
afterAll(() => app.close());

describe('an identity endpoint', () => {
  it('answers with any status, and with a field twice', async () => {
    const { status, headers } = await app.client.get('/bff/login?returnUrl=/a').redirects(0);
    expect([status, headers.location, headers['set-cookie']]).toEqual([302, 'https://id.example/auth?from=%2Fbff%2Flogin%3FreturnUrl%3D%2Fa&secure=false', ['a=1', 'b=2']]);
  });

  it('takes a form, and no other body', async () => {
    expect((await app.client.post('/bff/backchannel').type('form').send({ logout_token: 'x.y.z' })).text).toBe('x.y.z');
    const refused = await app.client.post('/bff/backchannel').send({ logout_token: 'x.y.z' });
    expect([refused.status, refused.body.code]).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED']);
    expect((await app.client.post('/bff/backchannel').type('form').send({ logout_token: 'x'.repeat(20_000) })).status).toBe(413);
  });

  it('takes one method', async () => {
    const { status, headers } = await app.client.get('/bff/backchannel');
    expect([status, headers.allow]).toEqual([405, 'POST']);
  });

  it('refuses with a problem, and is logged by its name', async () => {
    const { status, body } = await app.client.get('/bff/user');
    expect([status, body.code]).toEqual([401, 'TOKEN_MISSING']);
    expect(await app.logged(({ msg, route }) => msg === 'request' && route === '/bff/user')).toMatchObject({ status: 401, code: 'TOKEN_MISSING' });
  });

  it('is limited by address, as every request is', async () => {
    const statuses = new Set<number>();
    for (let count = 0; count < 20; count++) statuses.add((await app.client.get('/bff/user')).status);
    expect([...statuses]).toEqual([401, 429]);
  });
});
