import { realProgram } from '@portico/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attacks, harmless, type Traffic } from './firewall-traffic.js';
import { TestEdge } from './test-edge.js';
import { TestInstance } from './test-instance.js';

const nginx = realProgram('nginx');
const named = (traffic: readonly Traffic[]) => traffic.map((each) => [each.name, each] as const);

describe.skipIf(nginx.absent)(`${nginx.title}: the firewall`, () => {
  let instance: TestInstance;
  let preventing: TestEdge;
  let detecting: TestEdge;
  let open: TestEdge;

  beforeAll(async () => {
    instance = await TestInstance.start('one');
    const start = (mode: string): Promise<TestEdge> => TestEdge.start({ firewall: { mode, fields: 100 }, pools: { web: { instances: [instance.address] } }, sites: [{ hosts: ['shop.localhost'], pool: 'web' }] });
    [preventing, detecting, open] = (await Promise.all(['prevention', 'detection', 'off'].map(start))) as [TestEdge, TestEdge, TestEdge];
  });

  afterAll(async () => {
    await Promise.all([preventing, detecting, open].map((edge) => edge.close()));
    await instance.kill();
  });

  it.each(named(attacks))('refuses %s', async (_, { path, request }) => {
    const { status, headers, body } = await preventing.send(path, request);
    expect([status, headers['content-type']]).toEqual([403, 'application/problem+json']);
    expect(JSON.parse(body)).toMatchObject({ code: 'FIREWALL_REFUSED', status: 403, correlationId: headers['x-correlation-id'] });
    expect(await preventing.line(({ correlationId, refused }) => refused === true && correlationId === headers['x-correlation-id'])).toMatchObject({ msg: 'The firewall found something', path: expect.any(String) as string });
  });

  it.each(named(attacks))('only logs %s in detection mode', async (name, { path, request }) => {
    const id = `detection-${name.replace(/\W+/g, '-')}`;
    const { status } = await detecting.send(path, { ...request, headers: { ...request.headers, 'x-correlation-id': id } });
    expect(status).toBe(200);
    expect(await detecting.line(({ correlationId, rule }) => correlationId === id && rule !== undefined)).toMatchObject({ refused: false });
  });

  it.each(named(harmless))('lets %s pass', async (name, { path, request }) => {
    const id = `harmless-${name.replace(/\W+/g, '-')}`;
    expect(await preventing.send(path, { ...request, headers: { ...request.headers, 'x-correlation-id': id } })).toMatchObject({ status: 200 });
    // Not even a finding too small to refuse it: it would be logged before those of the next request.
    await preventing.send('/.git/config', { headers: { 'x-correlation-id': `after-${id}` } });
    await preventing.line(({ correlationId, refused }) => correlationId === `after-${id}` && refused === true);
    expect(preventing.lines.filter(({ correlationId, rule }) => correlationId === id && rule !== undefined)).toEqual([]);
  });

  it('hears nothing of attacks where it is off', async () => {
    const [attack] = attacks;
    expect(await open.send(attack?.path ?? '', attack?.request)).toMatchObject({ status: 200 });
  });

  it('logs which rule matched where, and neither the value nor the query', async () => {
    await preventing.send("/search?q=1'%20or%201=1--%20very-secret&access_token=very-secret", { headers: { authorization: 'Bearer very-secret', cookie: 'session=very-secret', 'x-correlation-id': 'finding-0001' } });
    expect(await preventing.line(({ correlationId, rule }) => correlationId === 'finding-0001' && rule === 942100)).toMatchObject({ where: 'ARGS:q', path: '/search', text: 'SQL Injection Attack Detected via libinjection', refused: false });
    await preventing.line(({ correlationId, msg }) => correlationId === 'finding-0001' && msg === 'request');
    expect(JSON.stringify(preventing.lines)).not.toContain('very-secret');
  });

  it.each([
    ['a body that is no JSON', { 'content-type': 'application/json' }, '{"a":', 400, 'REQUEST_MALFORMED'],
    ['a body that is no XML', { 'content-type': 'application/soap+xml' }, '<a><b></a>', 400, 'REQUEST_MALFORMED'],
    ['a JSON nested too deep', { 'content-type': 'application/json' }, `${'['.repeat(200)}${']'.repeat(200)}`, 400, 'REQUEST_MALFORMED'],
    ['more fields than allowed', { 'content-type': 'application/json' }, JSON.stringify(Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`f${index}`, index]))), 413, 'BODY_TOO_LARGE'],
    ['a content type that nobody speaks', { 'content-type': 'application/x-php' }, 'a=1', 403, 'FIREWALL_REFUSED'],
  ])('refuses %s', async (_, headers, body, status, code) => {
    const answer = await preventing.send('/', { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ code });
  });
});
