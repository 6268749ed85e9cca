import { describe, expect, it } from 'vitest';
import { faultsOf, forward, routeContext, stepsOf } from '../../test/fixtures.js';
import { SetMethod } from './set-method.policy.js';

describe('set-method', () => {
  it('replaces the method and keeps the body', async () => {
    const body = Buffer.from('x');
    const request = forward({ body });
    await stepsOf(SetMethod, { method: 'POST' }, 'inbound')?.inbound?.(routeContext(request));
    expect(request).toMatchObject({ method: 'POST', body });
  });

  it.each(['', 'get', 'CONNECT', 'TRACE', 'A B'])('refuses the method %j', (method) => {
    expect(faultsOf(() => stepsOf(SetMethod, { method }, 'inbound'))).toEqual([expect.stringMatching(/^method: must be one of /)]);
  });
});
