import { HeaderList, type ForwardRequest } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { asking } from '../test/fixtures.js';
import { PickHint } from './pick-hint.js';
import { requestKey } from './request-key.js';

describe('requestKey', () => {
  it('tells by the client\'s address', () => {
    expect(requestKey({ by: 'address', header: '' })(asking({ address: '192.0.2.9' }))).toBe('192.0.2.9');
  });

  it('tells by the caller, and by the address of one that is anonymous', () => {
    const request = asking({ address: '192.0.2.9' });
    const keyOf = requestKey({ by: 'caller', header: '' });
    expect(keyOf(request)).toBe('192.0.2.9');
    request.context.caller = { ...request.context.caller, kind: 'user', key: 'user:ann' };
    expect(keyOf(request)).toBe('user:ann');
  });

  it('tells by a header in any case: as a route sends it, else as it was received', () => {
    const request = asking({ headers: { 'x-tenant': 'one' } });
    const keyOf = requestKey({ by: 'header', header: 'X-Tenant' });
    expect(keyOf(request)).toBe('one');
    request.context.forward = { headers: new HeaderList([['x-tenant', 'two']]) } as unknown as ForwardRequest;
    expect(keyOf(request)).toBe('two');
    request.context.forward.headers.delete('x-tenant');
    expect(keyOf(request)).toBeUndefined();
  });

  it('tells by the path that is sent, without its query', () => {
    expect(requestKey({ by: 'path', header: '' })(asking({}, '/a/b?c=1'))).toBe('/a/b');
  });

  it('has no key for a call without a request, but its path', () => {
    const request = { context: undefined, path: '/a' };
    const key = (by: 'address' | 'caller' | 'header' | 'path') => requestKey({ by, header: 'x' })(request);
    expect([key('address'), key('caller'), key('header'), key('path')]).toEqual([undefined, undefined, undefined, '/a']);
  });

  it('is asked once per request, and not before it is needed', () => {
    let asked = 0;
    const hint = new PickHint(asking(), undefined, () => `${++asked}`);
    expect(asked).toBe(0);
    expect([hint.key, hint.key, asked]).toEqual(['1', '1', 1]);
  });
});
