import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, exchange, startHardened, type HardenedApp } from './hardened-app.js';

let coded: HardenedApp;
let routed: HardenedApp;
beforeAll(async () => {
  coded = await startHardened();
  routed = await startHardened({ routes: [{ match: { path: '/wares/{rest*}' } }] });
});
afterAll(() => Promise.all([coded.close(), routed.close()]));

const get = (target: string, method = 'GET'): string => `${method} ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`;

const strange = [
  '//things/1', '/things//1', '/things/1//', '/things\\1', '/things/1;x', '/things/.', '/things/..', '/things/../admin', '/./things/1', '/things/./1', '/things/%2e', '/things/%2E%2e', '/things/.%2e/admin',
  '/things/1%2f2', '/things/..%2Fadmin', '/things/..%5cadmin', '/things/%5C', '/things/1%00', '/things/1%0a', '/things/1%0D', '/things/1%09', '/things/1%7f', '/things/1%20', '/things/1%3bx', '/things/%252e%252e%252fadmin', '/things/%25',
];

describe.each([
  ['of a gateway without configured routes', () => coded],
  ['of a gateway with configured routes', () => routed],
])('a path %s', (_which, app) => {
  it.each(strange)('reaches no operation when it is %s', async (path) => {
    for (const target of [path, `${path}?a=1`, path.replace('things', 'nowhere')]) {
      const answer = await exchange(app(), get(target));
      // What the router takes for another address does not exist; what an operation would take is refused.
      expect([[400, 'REQUEST_MALFORMED'], [404, 'ROUTE_NOT_FOUND']], target).toContainEqual([answer.status, codeOf(answer)]);
    }
  });

  it.each(['/things/1%2f2', '/things/..%5cadmin', '/things/1%00', '/things/1%20', '/things/1;x', '/things/%25'])('is refused before any policy where an operation would take %s', async (target) => {
    const { reached } = app();
    reached.length = 0;
    const answer = await exchange(app(), get(target));
    expect([answer.status, codeOf(answer)]).toEqual([400, 'REQUEST_MALFORMED']);
    expect(reached.filter((entry) => !entry.startsWith('failed '))).toEqual([]);
  });

  it.each(['/%zz', '/things/%zz', '/things/%', '/things/%2', '/nowhere/%g0'])('is refused when it is %s', async (path) => {
    expect((await exchange(app(), get(path))).status).toBe(400);
  });

  it('may have dots, escapes of letters and of other scripts, and anything in its query', async () => {
    for (const [target, id] of [['/things/a.b', 'a.b'], ['/things/...', '...'], ['/things/%61', 'a'], ['/things/a%2Eb', 'a.b'], ['/things/%C3%A9', 'é'], ['/things/@evil.example', '@evil.example'], ['/things/1?next=//x/../y;z%2f%00', '1']] as const) {
      const answer = await exchange(app(), get(target));
      expect([target, answer.status, answer.body]).toEqual([target, 200, JSON.stringify({ id })]);
    }
  });

  it('is one of another address when it differs in case or ends in a slash', async () => {
    for (const target of ['/THINGS/1', '/things/1/', '/%54hings/1']) expect((await exchange(app(), get(target))).status).toBe(404);
  });

  it('leads nowhere under a method that nothing takes', async () => {
    expect([400, 404, 405]).toContain((await exchange(app(), get('/things/1%2f2', 'PUT'))).status);
  });
});

describe('a path of a configured route', () => {
  it('keeps encoded slashes and the like as data', async () => {
    for (const rest of ['a%2Fb', 'a%20b', 'a;b', 'a%25b']) {
      expect((await exchange(routed, get(`/wares/${rest}`))).status).toBe(200);
      expect(routed.shop.seen.at(-1)?.url).toBe(`/wares/${rest}`);
    }
  });
});
