import { HeaderList } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { faultsOf, forward, operation, routeContext, serviceAnswer, stepsOf, TestAnswer } from '../../test/fixtures.js';
import { SetHeader } from './set-header.policy.js';

const options = { name: 'X-Item', value: 'item {id}' };
const before = [['x-item', 'a'], ['accept', 'b'], ['x-item', 'c']] as const;

describe('set-header', () => {
  it('replaces the values of a field of the request, before it is sent', async () => {
    const request = forward({ headers: new HeaderList(before) });
    await stepsOf(SetHeader, options, 'inbound')?.inbound?.(routeContext(request));
    expect([...request.headers]).toEqual([['accept', 'b'], ['x-item', 'item 7']]);
  });

  it('does so around the call as well, and passes the answer on', async () => {
    const request = forward({ headers: new HeaderList(before) });
    const answer = serviceAnswer();
    expect(await stepsOf(SetHeader, options, 'backend')?.backend?.(routeContext(request), request, () => Promise.resolve(answer))).toBe(answer);
    expect(request.headers.all('x-item')).toEqual(['item 7']);
  });

  it('replaces the values of a field of the answer', async () => {
    const answer = new TestAnswer(before);
    await stepsOf(SetHeader, options, 'outbound')?.outbound?.(routeContext(), answer);
    expect(answer.headers.all('x-item')).toEqual(['item 7']);
  });

  it('leaves one cookie, also where setting one adds it to those that are there', async () => {
    const answer = new TestAnswer([['set-cookie', 'a=1']]);
    answer.setHeader = (name, value) => answer.headers.append(name, value);
    await stepsOf(SetHeader, { name: 'set-cookie', value: 'b=2' }, 'outbound')?.outbound?.(routeContext(), answer);
    expect(answer.headers.all('set-cookie')).toEqual(['b=2']);
  });

  it('changes the answers of an operation, of which nothing is forwarded', () => {
    const plain = { name: 'x-item', value: 'a' };
    expect(Object.keys(stepsOf(SetHeader, plain, undefined, operation()) ?? {})).toEqual(['outbound']);
    expect(Object.keys(stepsOf(SetHeader, plain, 'outbound', operation()) ?? {})).toEqual(['outbound']);
    expect(stepsOf(SetHeader, plain, 'inbound', operation())).toBeUndefined();
  });

  it('has nothing to do on errors', () => {
    expect(stepsOf(SetHeader, options, 'onError')).toEqual({});
  });

  it.each([
    [{ name: '', value: 'a' }, 'name: should not be empty'],
    [{ name: 'x y', value: 'a' }, 'name: "x y" is no name of a header field'],
    [{ name: 'x\r\ny', value: 'a' }, 'name: "x\\r\\ny" is no name of a header field'],
    [{ name: 'Content-Length', value: '1' }, 'name: content-length belongs to the connection: no policy may change it'],
    [{ name: 'transfer-encoding', value: 'chunked' }, 'name: transfer-encoding belongs to the connection: no policy may change it'],
    [{ name: 'a', value: 'x\r\ny' }, 'value: holds characters that cannot stand in a header field'],
  ])('refuses %j', (wrong, fault) => {
    expect(faultsOf(() => stepsOf(SetHeader, wrong, 'inbound'))).toEqual([fault]);
  });
});
