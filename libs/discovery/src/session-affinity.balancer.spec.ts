import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { asking, instanceSet } from '../test/fixtures.js';
import { balancerByName } from './balancer-by-name.js';
import { ContextAffinity } from './context-affinity.js';

function sessions(count: number, options: object = {}) {
  const clock = new ManualClock();
  const balancer = balancerByName({ name: 'session-affinity', options: { cookie: 'sid', expiryMs: 1_000, ...options } }, { clock });
  const fixture = instanceSet(count, {}, balancer, { clock });
  const ask = (sid: string | undefined) => {
    const request = asking({ headers: sid === undefined ? {} : { cookie: `sid=${sid}` } });
    return fixture.set.pick(undefined, fixture.set.hint(request, new ContextAffinity(request.context))).instance.id;
  };
  return { ...fixture, clock, ask };
}

describe('SessionAffinityBalancer', () => {
  it('takes each session to one instance, from its first request on and before that is answered', () => {
    const { ask } = sessions(2);
    expect(['v', 'v', 'w', 'v', 'w', 'x', 'v'].map(ask)).toEqual(['a', 'a', 'b', 'a', 'b', 'a', 'a']);
  });

  it('takes requests without a session to each in turn', () => {
    const { ask } = sessions(2);
    expect([undefined, undefined, '', undefined].map(ask)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('forgets a session that made no request for the time it may have', async () => {
    const { ask, clock } = sessions(2);
    expect([ask('v'), ask('w')]).toEqual(['a', 'b']);
    await clock.advance(600);
    ask('v');
    await clock.advance(600);
    expect([ask('v'), ask('w')]).toEqual(['a', 'a']);
  });

  it('remembers the sessions used last when there are too many', () => {
    const { ask } = sessions(3, { maxSessions: 2 });
    expect(['v', 'w', 'v', 'x', 'v', 'w'].map(ask)).toEqual(['a', 'b', 'a', 'c', 'a', 'a']);
  });

  it('moves a session whose instance is left out, or failed', () => {
    const { ask, finish, set, state } = sessions(3);
    ask('v');
    finish(state(0), false, 5);
    const next = ask('v');
    expect(next).not.toBe('a');
    const request = asking({ headers: { cookie: 'sid=v' } });
    const hint = set.hint(request, new ContextAffinity(request.context))!;
    const second = set.pick(set.pick(undefined, hint), hint);
    set.answered(second, hint);
    expect([ask('v'), second.instance.id === next]).toEqual([second.instance.id, false]);
  });
});
