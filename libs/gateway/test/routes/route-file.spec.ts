import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate, authorize, claims } from '@portico/auth';
import { routeCache } from '@portico/caching';
import { Setting } from '@portico/config';
import type { PolicySteps } from '@portico/core';
import { configuredPolicies, graphql, headers, PolicyType, type ConfiguredPolicy } from '@portico/policies';
import { addressFilter, routeRateLimit } from '@portico/throttling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../start-app.js';
import { stubService, type StubService } from './route-app.js';

class GreetingOptions {
  @Setting({ description: 'What is said' })
  word: string = 'hello';
}

/** A policy as a team writes one. */
@PolicyType('greeting', GreetingOptions)
class Greeting implements ConfiguredPolicy<GreetingOptions> {
  compile({ word }: GreetingOptions): PolicySteps {
    return { outbound: (_, answer) => answer.setHeader('x-greeting', word) };
  }
}

const pipeline = () => [authenticate(), authorize(), addressFilter(), claims(), routeRateLimit(), headers(), configuredPolicies(), graphql(), routeCache()];

let folder: string;
let file: string;
let shop: StubService;
const open: { close(): unknown }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-routes-'));
  file = join(folder, 'gateway.yaml');
  shop = await stubService((request, response) => response.end(`shop ${request.url}`));
  open.push(shop);
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

async function start(text: string, files = [file]): Promise<TestApp> {
  await writeFile(file, text);
  const app = await startApp({ policies: pipeline(), definition: { routeFiles: files, policies: [Greeting] } });
  open.push(app);
  return app;
}

const serviceOf = (origin: string, rest = '') => `services:\n  shop: { instances: ['${origin}']${rest} }\n`;
const openTo = (path: string, rest = '') => `    match: { path: ${path} }\n    to: { service: shop }\n    access: { anonymous: true }\n${rest}`;
const simple = (origin: string, path = '/a') => `version: 1\n${serviceOf(origin)}routes:\n  first:\n${openTo(path)}`;

describe("a gateway's file of routes", () => {
  it('declares services and routes, and closes what it does not open', async () => {
    const { client } = await start(`${simple(shop.origin)}  closed:\n    match: { path: /closed }\n    to: { service: shop }\n`);
    expect((await client.get('/a?x=1')).text).toBe('shop /a?x=1');
    expect((await client.get('/closed')).status).toBe(401);
    expect(shop.seen).toHaveLength(1);
  });

  it('runs policies of its own, of the whole gateway and of the team, and sections of a route', async () => {
    const { client } = await start(
      `version: 1\n${serviceOf(shop.origin)}policies:\n  outbound: [{ greeting: { word: all } }]\nroutes:\n` +
        `  first:\n${openTo('/a')}` +
        `  second:\n${openTo("'/b/{id}'", "    headers: { request: [{ set: { x-id: '{id}' } }], response: [{ set: { x-host: '{ClientHost}' } }] }\n    policies: { outbound: [base, greeting] }\n    addresses: { deny: [10.0.0.0/8] }\n    rateLimit: { limit: 1, windowMs: 60000, by: route }\n")}`,
    );
    expect((await client.get('/a')).headers['x-greeting']).toBe('all');
    const answer = await client.get('/b/7');
    expect(answer.headers).toMatchObject({ 'x-greeting': 'hello', 'x-host': expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
    expect(shop.seen.at(-1)?.headers['x-id']).toBe('7');
    const limited = await client.get('/b/8');
    expect([limited.status, limited.body.code]).toEqual([429, 'LIMIT_EXCEEDED']);
  });

  it('takes a placeholder of the target from a claim', async () => {
    const { client } = await start(`version: 1\n${serviceOf(shop.origin)}routes:\n  first:\n    match: { path: /me }\n    to: { service: shop, path: '/users/{id}' }\n    claims: { toPath: { id: sub } }\n`);
    expect((await client.get('/me')).status).toBe(401);
  });

  it('keeps answers where it says so', async () => {
    const { client } = await start(`version: 1\n${serviceOf(shop.origin)}routes:\n  first:\n${openTo('/a', '    cache: { ttlMs: 60000 }\n')}`);
    await client.get('/a');
    expect((await client.get('/a')).headers['cache-status']).toMatch(/^portico; hit/);
    expect(shop.seen).toHaveLength(1);
  });

  it('counts anew as soon as it changes, and stays as it was when the change has a fault', async () => {
    const { client, logged } = await start(simple(shop.origin));
    await writeFile(file, simple(shop.origin, '/other'));
    await logged(({ msg }) => msg === 'The configured routes were read anew');
    expect([(await client.get('/a')).status, (await client.get('/other')).text]).toEqual([404, 'shop /other']);
    await writeFile(file, simple(shop.origin, 'other'));
    const refusal = await logged(({ msg }) => msg === 'The changed routes were refused; the old ones stay');
    expect(refusal.reason).toContain('gateway.yaml:6:14 routes.first.match.path: must begin with "/"');
    expect((await client.get('/other')).text).toBe('shop /other');
  });

  it('loses no request while services and routes change under it', async () => {
    const second = await stubService((request, response) => setTimeout(() => response.end(`second ${request.url}`), 5));
    open.push(second);
    const { client, logged } = await start(simple(shop.origin));
    let going = true;
    const statuses: number[] = [];
    const ask = async (): Promise<void> => {
      while (going) statuses.push((await client.get('/a')).status);
    };
    const asking = [ask(), ask(), ask(), ask()];
    await writeFile(file, simple(second.origin));
    await logged(({ msg }) => msg === 'The configured routes were read anew');
    expect((await client.get('/a')).text).toBe('second /a');
    going = false;
    await Promise.all(asking);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    expect(statuses.length).toBeGreaterThan(10);
  });

  it('goes on with the other instances when one is killed under load', async () => {
    const others = await Promise.all([stubService(), stubService()]);
    open.push(...others);
    const instances = [shop, ...others].map(({ origin }) => `'${origin}'`).join(', ');
    const { client } = await start(`version: 1\nservices:\n  shop: { instances: [${instances}], balancer: round-robin }\nroutes:\n  first:\n${openTo('/a')}`);
    const statuses: number[] = [];
    const ask = async (): Promise<void> => {
      for (let count = 0; count < 40; count++) {
        if (statuses.length === 60) shop.close();
        statuses.push((await client.get('/a')).status);
      }
    };
    await Promise.all([ask(), ask(), ask(), ask()]);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });

  it('refuses the start with every fault and its place', async () => {
    const text = `version: 1\n${serviceOf(shop.origin)}routes:\n  a:\n    match: { path: '/a/{id}' }\n    to: { service: shoop, path: '/x/{no}' }\n  b:\n    match: { path: '/a/{other}' }\n    to: { service: shop }\n`;
    const refused = await start(text).then(() => '', (error: Error) => error.message);
    expect(refused.replaceAll(folder, '')).toBe(
      [
        'The configuration has 3 faults:',
        '  - /gateway.yaml:7:27 routes.a.to.path: {no} is no placeholder of the match',
        '  - /gateway.yaml:7:11 routes.a.to.service: there is no service called shoop; known are shop',
        '  - /gateway.yaml:9:5 routes.b.match: is never reached: routes.a takes the same requests',
      ].join('\n'),
    );
  });

  it('names files beside itself', async () => {
    const query = '{ a }';
    await writeFile(join(folder, 'queries.json'), JSON.stringify({ [createHash('sha256').update(query).digest('hex')]: query }));
    const { client } = await start(`version: 1\n${serviceOf(shop.origin)}routes:\n  first:\n${openTo('/graph', '    graphql: { persisted: queries.json, onlyPersisted: true }\n')}`);
    expect((await client.post('/graph').send({ query })).status).toBe(200);
    expect((await client.post('/graph').send({ query: '{ b }' })).status).toBe(400);
  });

  it('is merged from several files', async () => {
    const more = join(folder, 'more.yaml');
    await writeFile(more, `version: 1\nsettings: { wrongMethodStatus: 404 }\nroutes:\n  second:\n${openTo('{ path: /b, methods: [POST] }').replace('{ path: { path', '{ path').replace(' } }', ' }')}`);
    const { client } = await start(simple(shop.origin), [file, more]);
    expect([(await client.get('/a')).status, (await client.post('/b')).status, (await client.get('/b')).status]).toEqual([200, 200, 404]);
  });
});

describe('what a route tells either side about the other', () => {
  it("drops the client's credentials unless it says otherwise", async () => {
    const { client } = await start(`version: 1\n${serviceOf(shop.origin)}routes:\n  first:\n${openTo('/a')}  second:\n${openTo('/b').replace('service: shop', 'service: shop, credentials: pass')}`);
    for (const path of ['/a', '/b']) await client.get(path).set('cookie', 'sid=1').set('authorization', 'Basic dTpw');
    expect(shop.seen.map(({ headers: { cookie, authorization } }) => [cookie, authorization])).toEqual([
      [undefined, undefined],
      ['sid=1', 'Basic dTpw'],
    ]);
  });

  it("does not tell the instance's address, unless it says otherwise", async () => {
    const teller = await stubService((_, response) => response.writeHead(302, { location: `${teller.origin}/next?x=1`, 'set-cookie': 'a=1; Domain=127.0.0.1' }).end());
    open.push(teller);
    const { client } = await start(`version: 1\n${serviceOf(teller.origin)}routes:\n  first:\n${openTo('/a')}  second:\n${openTo('/b').replace('service: shop', 'service: shop, serviceAddresses: keep')}`);
    const hidden = await client.get('/a');
    expect([hidden.headers.location, hidden.headers['set-cookie']]).toEqual(['/next?x=1', ['a=1']]);
    expect((await client.get('/b')).headers.location).toBe(`${teller.origin}/next?x=1`);
  });
});
