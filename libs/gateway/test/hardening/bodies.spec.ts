import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../src/hardening/json-depth.js';
import { codeOf, exchange, startHardened, type HardenedApp } from './hardened-app.js';

let app: HardenedApp;
beforeAll(async () => {
  app = await startHardened({ overrides: { http: { maxBodyBytes: 1_000 } } });
});
afterAll(() => app.close());

const good = '{"id":"1"}';
const post = (type: string, body = good): string => ['POST /things HTTP/1.1', 'host: a', 'connection: close', ...(type ? [type] : []), `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n');
const json = (body: string): string => post('content-type: application/json', body);
const nested = (levels: number): string => `{"id":"1","x":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('a body', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset=UTF-8', 'Application/JSON ; Charset="utf-8"'])('is taken as %s', async (type) => {
    expect((await exchange(app, post(`content-type: ${type}`))).status).toBe(200);
  });

  it.each([
    'content-type: text/plain',
    'content-type: application/xml',
    'content-type: application/x-www-form-urlencoded',
    'content-type: application/json; charset=utf-7',
    'content-type: application/json; charset=utf-8; charset=utf-7',
    'content-type: application/json; charset=utf-16',
    'content-type: application/json; x=1',
    'content-type: application/json, text/plain',
    'content-type: application/json-patch+json',
    'content-type: application/jsonx',
    'content-type: */*',
    'content-type:',
    '',
  ])('is refused as "%s", unread', async (type) => {
    const answer = await exchange(app, post(type));
    expect([answer.status, codeOf(answer)]).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED']);
  });

  it.each(['gzip', 'br', 'identity', ''])('is refused with the encoding "%s"', async (encoding) => {
    const answer = await exchange(app, post(`content-type: application/json\r\ncontent-encoding: ${encoding}`, encoding === 'gzip' ? gzipSync(good).toString('latin1') : good));
    expect([answer.status, codeOf(answer)]).toEqual([415, 'CONTENT_TYPE_UNSUPPORTED']);
  });

  it('of a request for which none is read changes nothing', async () => {
    const answer = await exchange(app, 'GET /things/1 HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: 5\r\n\r\nhello');
    expect([answer.status, answer.body]).toEqual([200, '{"id":"1"}']);
  });

  it.each([33, 400])('is refused with %i levels', async (levels) => {
    const answer = await exchange(app, json(nested(levels)));
    expect([answer.status, codeOf(answer)]).toEqual([400, 'REQUEST_INVALID']);
    expect(answer.body).toContain('is nested more than 32 levels deep');
  });

  it('is looked at with 32 levels', async () => {
    expect((await exchange(app, json(nested(32)))).body).toContain('property x should not exist');
  });

  it.each(['{"__proto__":{"polluted":1}}', '{"id":"1","constructor":{"prototype":{"polluted":1}}}', '{"\\u005f_proto__":{"polluted":1}}', '{"id":"1","x":[{"__proto__":{"polluted":1}}]}'])('is refused when it is %s', async (body) => {
    expect((await exchange(app, json(body))).status).toBe(400);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('is refused when it is too large, announced or chunked', async () => {
    const large = `{"id":"${'x'.repeat(1_000)}"}`;
    const chunked = `POST /things HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`;
    for (const text of [json(large), chunked]) {
      const answer = await exchange(app, text);
      expect([answer.status, codeOf(answer)]).toEqual([413, 'BODY_TOO_LARGE']);
    }
  });

  it.each(['x-http-method-override: DELETE', 'x-http-method: DELETE', 'x-method-override: DELETE'])('is not one of another method by %s', async (field) => {
    expect((await exchange(app, post(`content-type: application/json\r\n${field}`))).status).toBe(200);
    const query = await app.client.post('/things?_method=DELETE').send({ id: '1' });
    expect(query.status).toBe(200);
  });
});

describe('isDeeperThan', () => {
  it.each([
    [1, '{}', false],
    [1, '[[]]', true],
    [1, '[1],[2]', false],
    [1, '["[[[["]', false],
    [1, '["\\"[[[["]', false],
    [1, '["\\\\",[1]]', true],
    [2, '{"a":{"b":1},"c":{"d":1}}', false],
    [2, '{"a":{"b":[1]}}', true],
    [1, '["[[[[[', false],
    [4, '[[[[[', true],
  ])('%i says of %s: %s', (levels, text, deeper) => {
    expect(isDeeperThan(levels, text)).toBe(deeper);
  });

  it('says of random JSON what its parsed form says', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const make = (levels: number): unknown => (levels === 0 ? ['"', '\\', '[{', '\\"]', 'x'][random(5)] : random(2) ? [make(levels - 1), 1] : { '"[': make(levels - 1), '\\': 2 });
    const depthOf = (value: unknown): number => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0);
    for (let round = 0; round < 500; round++) {
      const value = make(random(6));
      for (const limit of [1, 2, 3, 4]) expect(isDeeperThan(limit, JSON.stringify(value))).toBe(depthOf(value) > limit && JSON.stringify(value).length > limit);
    }
  });
});
