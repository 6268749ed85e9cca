import { HeaderList } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { forward, routeContext, stepsOf, TestAnswer } from '../../test/fixtures.js';
import { AppendHeader } from './append-header.policy.js';

describe('append-header', () => {
  it('adds a value to those that a field of the request has', async () => {
    const request = forward({ headers: new HeaderList([['via', 'a']]) });
    await stepsOf(AppendHeader, { name: 'Via', value: 'b{id}' }, 'inbound')?.inbound?.(routeContext(request));
    expect(request.headers.all('via')).toEqual(['a', 'b7']);
  });

  it('adds a cookie to those of the answer', async () => {
    const answer = new TestAnswer([['set-cookie', 'a=1']]);
    await stepsOf(AppendHeader, { name: 'Set-Cookie', value: 'b=2' }, 'outbound')?.outbound?.(routeContext(), answer);
    expect(answer.headers.all('set-cookie')).toEqual(['a=1', 'b=2']);
  });
});
