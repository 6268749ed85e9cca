import { describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, routeContext, stepsOf } from '../../test/fixtures.js';
import { MockAnswer } from './mock-answer.policy.js';

async function answer(options: object, id = '7') {
  const context = routeContext(forward({ values: { id } }));
  await stepsOf(MockAnswer, options, 'inbound')?.inbound?.(context);
  return context.ready;
}

describe('mock-answer', () => {
  it('answers at once', async () => {
    expect(await answer({ status: 201, headers: { 'X-A': 'b', 'content-type': 'application/json' }, body: '{"a":{}}' })).toEqual({
      status: 201,
      headers: { 'x-a': 'b', 'content-type': 'application/json' },
      body: '{"a":{}}',
    });
    expect(await answer({})).toEqual({ status: 200, headers: {}, body: '' });
  });

  it('makes an answer without placeholders once', async () => {
    const steps = stepsOf(MockAnswer, { body: 'x' }, 'inbound', operation());
    const [first, second] = [routeContext(), routeContext()];
    await steps?.inbound?.(first);
    await steps?.inbound?.(second);
    expect(first.ready).toBe(second.ready);
  });

  it.each([
    ['application/json', '{"id":"{id}"}', '{"id":"\\"\\\\<b>\\n&"}'],
    ['application/problem+json; charset=utf-8', '"{id}"', '"\\"\\\\<b>\\n&"'],
    ['text/plain', '{id}', '"\\<b>\n&'],
    ['Text/HTML', '<p>{id}</p>', '<p>&#34;\\&#60;b&#62;\n&#38;</p>'],
    ['image/svg+xml', '{id}', '&#34;\\&#60;b&#62;\n&#38;'],
  ])('writes what a client sent into %s as text', async (type, body, expected) => {
    expect((await answer({ headers: { 'content-type': type }, body }, '"\\<b>\n&'))?.body).toBe(expected);
  });

  it('trusts no client where the type is not said: a browser would guess', async () => {
    expect((await answer({ body: '{id}' }, '<script>'))?.body).toBe('&#60;script&#62;');
  });

  it('puts values into header fields, and refuses those that cannot stand there', async () => {
    expect((await answer({ headers: { location: '/items/{id}' } }))?.headers).toEqual({ location: '/items/7' });
    await expect(answer({ headers: { location: '/items/{id}' } }, 'a\r\nb')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it.each([
    [{ status: 99 }, 'status: must not be less than 200'],
    [{ headers: { 'a b': 'c' } }, 'headers.a b: "a b" is no name of a header field'],
    [{ headers: { 'content-length': '1' } }, 'headers.content-length: content-length belongs to the connection: no policy may change it'],
    [{ headers: { a: 'b\n' } }, 'headers.a: holds characters that cannot stand in a header field'],
  ])('refuses %j', (options, fault) => {
    expect(faultsOf(() => stepsOf(MockAnswer, options, 'inbound'))).toEqual([fault]);
  });
});
