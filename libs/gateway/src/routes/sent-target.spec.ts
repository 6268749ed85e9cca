import { HeaderList, type ForwardRequest } from '@portico/core';
import { RouteTarget, type Capture } from '@portico/routing';
import { describe, expect, it } from 'vitest';
import { SentTarget } from './sent-target.js';

const captures: Capture[] = [{ name: 'id', raw: '7', value: '7', from: 'path' }];

function begun(path: string, parameters?: ReadonlyMap<string, string>) {
  const target = new SentTarget(new RouteTarget({ path, query: 'keep', omit: 'used', trailingSlash: 'template' }), { captures, path: '/x/7', query: 'a=1&B=2', ...(parameters && { parameters }) });
  const values: Record<string, string> = { id: '7' };
  const forward: ForwardRequest = { service: 'shop', method: 'GET', ...target.write(values), headers: new HeaderList(), values, body: undefined, serviceBaseUrl: undefined };
  return { target, forward, set: (value: string) => (values.id = value) };
}

describe('what a route sends to', () => {
  it('follows the values that a policy has changed, and stays as it is where none has', () => {
    const { target, forward, set } = begun('/users/{id}?of={id}');
    target.settle(forward);
    expect([forward.path, forward.query]).toEqual(['/users/7', 'of=7&a=1&B=2']);
    set('8');
    target.settle(forward);
    expect([forward.path, forward.query]).toEqual(['/users/8', 'of=8&a=1&B=2']);
  });

  it("keeps what a policy has written itself, and no more than that: a changed query leaves the path to the values", () => {
    const { target, forward, set } = begun('/users/{id}');
    forward.query = 'for=ann';
    set('8');
    target.settle(forward);
    expect([forward.path, forward.query]).toEqual(['/users/8', 'for=ann']);
    forward.path = '/rewritten';
    set('9');
    target.settle(forward);
    expect(forward.path).toBe('/rewritten');
  });

  it('has its own parameters instead of those of the client with these names', () => {
    expect(begun('/users', new Map([['b', 'x,y']])).forward.query).toBe('a=1&b=x,y');
  });
});
