import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate, authorize } from '@portico/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApp, type TestApp } from '../start-app.js';
import { stubService, type StubService } from './route-app.js';

let folder: string;
const open: { close(): unknown }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portico-family-'));
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

async function stub(listener?: RequestListener): Promise<StubService> {
  const started = await stubService(listener);
  open.push(started);
  return started;
}

/** A registry in the manner of Consul; a query that waits for a change waits for ever. */
function registry(services: Readonly<Record<string, StubService>>): Promise<StubService> {
  return stub((request, response) => {
    const url = new URL(request.url as string, 'http://registry');
    if (url.searchParams.has('index')) return;
    const known = services[url.pathname.split('/').at(-1) as string];
    const entry = known && { Node: { Address: '127.0.0.1' }, Service: { Address: '127.0.0.1', Port: Number(new URL(known.origin).port) }, Checks: [] };
    response.setHeader('x-consul-index', '7').end(JSON.stringify(entry ? [entry] : []));
  });
}

const member = (origin: string, to: string, rest = '') =>
  `version: 1\nservices:\n  any: { discovery: { consul: { url: '${origin}' } } }\nroutes:\n  any:\n    match: { path: '/{name}/{rest*}' }\n    to: { ${to}, path: '/{rest}' }\n    access: { anonymous: true }\n${rest}`;
const named = "service: any, member: '{name}'";

async function start(text: string): Promise<TestApp> {
  const file = join(folder, 'gateway.yaml');
  await writeFile(file, text);
  const app = await startApp({ policies: [authenticate(), authorize()], definition: { routeFiles: [file] } });
  open.push(app);
  return app;
}

describe('a service that the request names', () => {
  it('is found in the registry by the first request for it', async () => {
    const [wares, orders] = [await stub((_, response) => response.end('wares')), await stub((_, response) => response.end('orders'))];
    const consul = await registry({ wares, orders });
    const { client } = await start(member(consul.origin, named));
    expect(consul.seen).toEqual([]);
    expect([(await client.get('/wares/a?x=1')).text, (await client.get('/orders/b')).text, (await client.get('/wares/c')).text]).toEqual(['wares', 'orders', 'wares']);
    expect(wares.seen.map(({ url }) => url)).toEqual(['/a?x=1', '/c']);
    expect(consul.seen.filter(({ url }) => !url?.includes('index='))).toHaveLength(2);
  });

  it('is nowhere when the registry does not know it, and then is not watched', async () => {
    const consul = await registry({});
    const { client } = await start(member(consul.origin, named));
    expect((await client.get('/nope/a')).body).toMatchObject({ status: 404, code: 'ROUTE_NOT_FOUND' });
    await expect.poll(() => consul.seen.every(({ socket }) => socket.destroyed)).toBe(true);
  });

  it.each(['/a%2Fb/x', '/.hidden/x', '/%7Bname%7D/x', `/${'a'.repeat(200)}/x`])('is not asked for under a name that is none: %s', async (path) => {
    const consul = await registry({});
    const { client } = await start(member(consul.origin, named));
    expect((await client.get(path)).status).toBe(404);
    expect(consul.seen).toEqual([]);
  });

  it('is not available when the registry does not answer', async () => {
    const consul = await stub((_, response) => response.writeHead(500).end());
    const { client } = await start(member(consul.origin, named).replace("' } }", "', startTimeoutMs: 100 } }"));
    expect((await client.get('/wares/a')).body).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  });

  it('is waited for no longer than the request may take', async () => {
    const consul = await stub(() => {});
    const { client } = await start(member(consul.origin, named, '    timeoutMs: 100\n'));
    expect((await client.get('/wares/a')).body).toMatchObject({ status: 504, code: 'SERVICE_TIMEOUT' });
  });

  it('is refused where no registry could know it, or the match binds no such name', async () => {
    const consul = await registry({});
    const other = `  other:\n    match: { path: /other }\n    to: { service: any }\n`;
    const refused = await start(member(consul.origin, "service: any, member: '{no}'", other)).then(() => '', (error: Error) => error.message);
    expect(refused).toContain('routes.any.to.member: {no} is no placeholder of the match');
    expect(refused).toContain('routes.other.to.member: must be given: another route takes services.any for every service of a registry');
    const fixed = await start(member(consul.origin, named).replace(/discovery.*/, "instances: ['http://127.0.0.1:1'] }")).then(() => '', (error: Error) => error.message);
    expect(fixed).toContain('routes.any.to.member: services.any has no registry that could know it');
  });
});
