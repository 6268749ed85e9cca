import { describe, expect, it } from 'vitest';
import type { Endpoint } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { TinyPipeline, type Made } from '../test/tiny-pipeline.js';
import { conditional } from './conditional.policy.js';

const get: Endpoint = { kind: 'operation', name: 'Shop.read', method: 'GET', path: '/x', declared: () => undefined };
const ask = (made: Made, ifNoneMatch?: string, method = 'GET') =>
  new TinyPipeline([conditional()], get, undefined).ask(testContext({ method, headers: ifNoneMatch === undefined ? {} : { 'if-none-match': ifNoneMatch } }), () => made);

describe('conditional', () => {
  it('gives the same body the same weak tag, and another body another', async () => {
    const tag = (await ask({ body: 'a' })).header('etag');
    expect(tag).toMatch(/^W\/"[\w-]{22}"$/);
    expect((await ask({ body: 'a' })).header('etag')).toBe(tag);
    expect((await ask({ body: 'b' })).header('etag')).not.toBe(tag);
  });

  it('leaves a tag that the operation chose', async () => {
    expect((await ask({ body: 'a', headers: { etag: '"v1"' } })).header('etag')).toBe('"v1"');
  });

  it.each([
    ['"v1"', 304],
    ['W/"v1"', 304],
    ['*', 304],
    ['"v0", W/"v1" , "v2"', 304],
    ['"v0","v1"', 304],
    ['"a,"v1"', 200],
    ['"v0"', 200],
    ['"v1', 200],
    ['v1', 200],
    ['"xv1"', 200],
    ['"*"', 200],
    ['', 200],
  ])('compares If-None-Match: %s weakly', async (field, status) => {
    expect((await ask({ body: 'a', headers: { etag: '"v1"' } }, field)).status).toBe(status);
  });

  it('finds a tag that holds a comma', async () => {
    expect((await ask({ body: 'a', headers: { etag: 'W/"a,b"' } }, '"x", "a,b"')).status).toBe(304);
  });

  it('sends a 304 without body and what describes it, and with tag, Cache-Control and Vary', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '1', 'cache-control': 'no-cache', vary: 'Origin', etag: '"v1"' };
    const answer = await ask({ body: 'a', headers }, '"v1"');
    expect(answer.body).toBe('');
    expect(Object.fromEntries(answer.headers)).toEqual({ 'cache-control': 'no-cache', vary: 'Origin', etag: '"v1"' });
  });

  it('serves HEAD like GET, but makes no tag of a body that is gone', async () => {
    const tag = (await ask({ body: 'a' })).header('etag') as string;
    expect((await ask({ body: 'a' }, tag, 'HEAD')).status).toBe(304);
    expect((await ask({ body: '' }, undefined, 'HEAD')).header('etag')).toBeUndefined();
  });

  it('leaves alone other statuses, bytes, streams and other methods', async () => {
    for (const made of [{ status: 201, body: 'a' }, { body: Buffer.from('a') }, {}]) expect((await ask(made, '*')).header('etag')).toBeUndefined();
    expect(conditional().compile({ ...get, method: 'POST' }, undefined as never)).toBeUndefined();
  });
});
