import { createRequire } from 'node:module';
import { PorticoError, type Policy } from '@portico/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine } from '../start-app.js';
import { startHardened, type HardenedApp } from './hardened-app.js';

const sql = "x' OR '1'='1' --";
const traversal = '../../secret';

/** An app with coded operations and a route; a request with `x-limited` is refused by a policy. */
async function start(mode: 'off' | 'detection' | 'prevention', maxTexts = 1_000): Promise<HardenedApp> {
  const limited: Policy = {
    name: 'limited',
    compile: () => ({
      inbound: ({ headers }) => {
        if (headers['x-limited']) throw new PorticoError('LIMIT_EXCEEDED');
      },
    }),
  };
  return startHardened({ routes: [{ match: { path: '/wares/{rest*}' } }], policies: [limited], overrides: { firewall: { mode, maxTexts } } });
}

const findingsOf = ({ lines }: HardenedApp): LogLine[] => lines.filter(({ msg }) => msg === 'The firewall found something');

/** How many hooks of Fastify's run for every request. */
function hooksOf({ gateway }: HardenedApp): Readonly<Record<'onRequest' | 'preValidation', number>> {
  const fastify = gateway.app.getHttpAdapter().getInstance() as unknown as Record<symbol, Record<string, unknown[]>>;
  const key = Object.getOwnPropertySymbols(fastify).find(({ description }) => description === 'fastify.hooks') as symbol;
  const { onRequest = [], preValidation = [] } = fastify[key] ?? {};
  return { onRequest: onRequest.length, preValidation: preValidation.length };
}

// Before any other: it sees whether anything of the engine has been loaded into this process.
describe('a firewall that is off', () => {
  it('loads nothing, adds no hook, and lets pass what it would refuse', async () => {
    const app = await start('off');
    const hooks = hooksOf(app);
    await app.client.get('/things/1').query({ q: sql }).expect(200);
    expect(findingsOf(app)).toEqual([]);
    expect(Object.keys(createRequire(import.meta.url).cache).filter((path) => path.includes('native-appsec'))).toEqual([]);
    await app.close();
    const on = await start('detection');
    expect(hooksOf(on)).toEqual({ onRequest: hooks.onRequest + 1, preValidation: hooks.preValidation + 1 });
    await on.close();
  });
});

describe.each([
  ['prevention', 'refused'],
  ['detection', 'passed'],
] as const)('a firewall in mode %s', (mode, action) => {
  let app: HardenedApp;
  beforeAll(async () => {
    app = await start(mode);
  });
  afterAll(() => app.close());

  const attacks: readonly [string, () => ReturnType<HardenedApp['client']['get']>, { rule: string; where: string }][] = [
    ['in the query', () => app.client.get('/things/1').query({ q: sql }), { rule: 'sql-injection', where: 'query.q' }],
    ['in a header field', () => app.client.get('/things/1').set('x-version', '() { :; }; id'), { rule: 'shellshock', where: 'headers.x-version' }],
    ['in a cookie', () => app.client.get('/things/1').set('cookie', `a=b; c=${encodeURIComponent(traversal)}`), { rule: 'traversal', where: 'headers.cookie' }],
    ['in the path', () => app.client.get("/things/1'or'1'='1"), { rule: 'sql-injection', where: 'path' }],
    ['in the body of an operation', () => app.client.post('/things').send({ id: traversal }), { rule: 'traversal', where: 'body.id' }],
    ['in the query of a route', () => app.client.get('/wares/1').query({ file: traversal }), { rule: 'traversal', where: 'query.file' }],
    ['in the path of a route', () => app.client.get('/wares/..%2f..%2fsecret'), { rule: 'traversal', where: 'path' }],
  ];

  it.each(attacks)(`has an attack ${action}, %s, and says in one line what and where it was, never the text`, async (_, send, finding) => {
    const [before, count, sent] = [findingsOf(app).length, await app.metric(`portico_firewall_findings_total{rule="${finding.rule}",action="${action}"}`), app.shop.seen.length];
    const answer = await send();
    if (mode === 'prevention') {
      expect([answer.status, answer.body.code]).toEqual([403, 'FIREWALL_REFUSED']);
      expect(answer.text).not.toContain(finding.rule);
      expect(app.shop.seen.length).toBe(sent);
    } else expect(answer.status).toBe(200);
    const added = findingsOf(app).slice(before);
    expect(added).toEqual([expect.objectContaining({ level: 'warn', id: answer.headers['x-correlation-id'], action, findings: [finding] })]);
    expect(JSON.stringify(added)).not.toMatch(/secret|'1'|:;/);
    expect(await app.metric(`portico_firewall_findings_total{rule="${finding.rule}",action="${action}"}`)).toBe(count + 1);
  });

  it('looks at line, fields and body of a request in one go', async () => {
    const before = findingsOf(app).length;
    await app.client.post('/things').query({ q: sql }).set('user-agent', 'sqlmap/1.7').send({ id: traversal });
    const added = findingsOf(app).slice(before);
    expect(added).toHaveLength(1);
    expect((added[0]?.['findings'] as { where: string }[]).map(({ where }) => where).sort()).toEqual(['body.id', 'headers.user-agent', 'query.q']);
  });

  it.each<[string, () => ReturnType<HardenedApp['client']['get']>]>([
    ['a text of people', () => app.client.post('/things').send({ id: "O'Brien & sons; select the best -- <3" })],
    ['a search of people', () => app.client.get('/things/1').query({ q: "O'Brien & sons" })],
    ['the body of a route, which is passed on unread', () => app.client.post('/wares/1').send({ id: sql })],
    ['an access token', () => app.client.get('/things/1').set('authorization', '() { :; }; id')],
    ['an API key', () => app.client.get('/things/1').set('x-api-key', '() { :; }; id')],
    ['the body of a GET, which nobody reads', () => app.client.get('/things/1').send({ id: sql })],
    ['a question for health', () => app.client.get('/health/live').query({ q: sql })],
  ])('lets pass %s', async (_, send) => {
    const before = findingsOf(app).length;
    expect((await send()).status).toBe(200);
    expect(findingsOf(app).length).toBe(before);
  });

  it.each<[string, () => ReturnType<HardenedApp['client']['get']>, string]>([
    ['a policy refuses', () => app.client.get('/things/1').query({ q: sql }).set('x-limited', '1'), 'LIMIT_EXCEEDED'],
    ['is addressed to nothing', () => app.client.get('/nothing').query({ q: sql }), 'ROUTE_NOT_FOUND'],
    ['brings no JSON', () => app.client.post('/things').query({ q: sql }).set('content-type', 'application/json').send('{'), 'REQUEST_MALFORMED'],
  ])('does not see what %s', async (_, send, code) => {
    const before = findingsOf(app).length;
    expect((await send()).body.code).toBe(code);
    expect(findingsOf(app).length).toBe(before);
  });
});

it('a request with more texts than the firewall may inspect is refused', async () => {
  const app = await start('prevention', 100);
  await app.client.get('/things/1').query({ q: Array.from({ length: 50 }, () => 'a b') }).expect(200);
  const { body } = await app.client.get('/things/1').query({ q: Array.from({ length: 101 }, () => 'a b') }).expect(403);
  expect(body.code).toBe('FIREWALL_REFUSED');
  expect(findingsOf(app).map((line) => line['findings'])).toEqual([[{ rule: 'too-many-texts', where: 'request' }]]);
  await app.close();
});
