import { anonymousCaller } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import type { HubConnection } from '@portico/realtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { CallerWatch } from './caller-watch.js';

describe('a connection to a hub', () => {
  let clock: ManualClock;
  let revoked: Set<unknown>;
  let live: Set<string>;
  let storeIsDown: boolean;
  let closed: unknown[][];
  let watch: CallerWatch;
  beforeEach(() => {
    clock = new ManualClock();
    [revoked, live, closed, storeIsDown] = [new Set(), new Set(['s-1']), [], false];
    const find = (id: string) => {
      if (storeIsDown) throw new Error('down');
      return live.has(id) ? ({ id } as never) : undefined;
    };
    watch = new CallerWatch({ clock, revocations: { isRevoked: ({ sid }) => revoked.has(sid) }, sessions: { find } });
  });

  function connect(caller: object): AbortController {
    const end = new AbortController();
    watch.add({ caller: { ...anonymousCaller, kind: 'user', ...caller }, signal: end.signal, close: (...args: unknown[]) => (closed.push(args), end.abort()) } as unknown as HubConnection);
    return end;
  }

  it('ends with the token that it began with', async () => {
    connect({ claims: { exp: clock.epochMs() / 1_000 + 60 } });
    await clock.advance(59_000);
    expect(closed).toEqual([]);
    await clock.advance(1_000);
    expect(closed).toEqual([['You are signed out.', true]]);
  });

  it.each([
    ['its token is revoked', () => void revoked.add('x')],
    ['its session is over', () => void live.clear()],
  ])('ends within a second when %s', async (_what, end) => {
    connect({ claims: { sid: 'x' }, sessionId: 's-1' });
    await clock.advance(10_000);
    expect(closed).toEqual([]);
    end();
    await clock.advance(1_000);
    expect(closed).toHaveLength(1);
  });

  it('goes on while the session store is down', async () => {
    connect({ sessionId: 's-1' });
    storeIsDown = true;
    await clock.advance(10_000);
    expect(closed).toEqual([]);
  });

  it('of nobody in particular is not looked at, nor one that has ended, and no timer stays', async () => {
    watch.add({ caller: anonymousCaller } as HubConnection);
    expect(clock.pending).toBe(0);
    connect({ sessionId: 's-2' }).abort();
    await clock.advance(1_000);
    expect([closed, clock.pending]).toEqual([[], 0]);
  });
});
