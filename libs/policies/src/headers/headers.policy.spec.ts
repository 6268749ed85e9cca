import { HeaderList } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, resolve, route, routeContext, TestAnswer } from '../../test/fixtures.js';
import { policyOptions } from '../configured/policy-options.js';
import { HeaderTransforms } from './header-transforms.js';
import { headers, headersKey } from './headers.policy.js';

const compile = (transforms: object, of = route) => headers().compile(of({ [headersKey]: policyOptions(HeaderTransforms, transforms) }), resolve);

describe('headers()', () => {
  it('changes the fields of a request in the order in which it is written', async () => {
    const steps = compile({
      request: [
        { set: { 'X-A': '{id}', 'X-B': 'a, b' } },
        { append: { 'x-b': '{RemoteIpAddress}' } },
        { remove: ['X-C', 'x-d'] },
        { replace: { header: 'Laz', find: 'D', with: 'GP' } },
        { set: { 'x-c': 'new' } },
      ],
    });
    const request = forward({ headers: new HeaderList([['x-c', '1'], ['laz', 'D'], ['x-d', '2'], ['x-b', 'old']]) });
    await steps?.inbound?.(routeContext(request));
    expect([...request.headers]).toEqual([['x-a', '7'], ['x-b', 'a, b'], ['x-b', '192.0.2.1'], ['laz', 'GP'], ['x-c', 'new']]);
    expect(steps?.outbound).toBeUndefined();
  });

  it('changes the fields of an answer', async () => {
    const steps = compile({ response: [{ remove: ['Server'] }, { replace: { header: 'who', find: 'Ann', with: 'Bob' } }, { append: { 'set-cookie': 'b=2' } }] });
    const answer = new TestAnswer([['server', 'x'], ['who', 'Ann Bob Ann'], ['set-cookie', 'a=1']]);
    await steps?.outbound?.(routeContext(), answer);
    expect([...answer.headers]).toEqual([['set-cookie', 'a=1'], ['who', 'Bob Bob Bob'], ['set-cookie', 'b=2']]);
    expect(steps?.inbound).toBeUndefined();
  });

  it('sets a field that is not there, and leaves one alone that is', async () => {
    const steps = compile({ request: [{ setIfAbsent: { 'X-Id': '{id}', 'x-own': 'new' } }], response: [{ setIfAbsent: { 'X-B': 'b', 'set-cookie': 'c=3' } }] });
    const request = forward({ headers: new HeaderList([['x-own', '']]) });
    await steps?.inbound?.(routeContext(request));
    expect([...request.headers]).toEqual([['x-own', ''], ['x-id', '7']]);
    const answer = new TestAnswer([['set-cookie', 'a=1']]);
    await steps?.outbound?.(routeContext(), answer);
    expect([...answer.headers]).toEqual([['set-cookie', 'a=1'], ['x-b', 'b']]);
  });

  it('has nothing to do without transforms, and for operations', () => {
    expect(headers().compile(route(), resolve)).toBeUndefined();
    expect(compile({})).toBeUndefined();
    expect(compile({ response: [{ remove: ['a'] }] }, operation)).toBeUndefined();
  });

  it('reports every fault at once, with its path', () => {
    const wrong = {
      request: [{ set: { 'a b': 'c', ok: '{nope}' } }, { remove: ['x', 'te'] }],
      response: [{ replace: { header: 'host:', find: '{ServiceBaseUrl}', with: 'a' } }, { append: { via: 'a\r\n' } }],
    };
    expect(faultsOf(() => compile(wrong))).toEqual([
      'headers.request[0].set: "a b" is no name of a header field',
      expect.stringMatching(/^headers\.request\[0\]\.set\.ok: \{nope\} is no placeholder here/),
      'headers.request[1].remove[1]: te belongs to the connection: no policy may change it',
      'headers.response[0].replace.header: "host:" is no name of a header field',
      'headers.response[1].append.via: holds characters that cannot stand in a header field',
    ]);
  });

  it('takes one change per item, of those that there are', () => {
    for (const item of [{ set: { a: 'b' }, remove: [] }, { sett: {} }, {}, 'x', { set: [] }, { remove: 'a' }, { replace: { find: 'a', with: 'b' } }, { replace: { header: 'x', find: '', with: 'b' } }]) {
      expect(faultsOf(() => compile({ request: [item] })).length, JSON.stringify(item)).toBeGreaterThan(0);
    }
  });
});
