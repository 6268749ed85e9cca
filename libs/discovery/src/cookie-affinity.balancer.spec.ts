import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { asking, instanceSet, instances } from '../test/fixtures.js';
import type { Affinity, CookieAttributes } from './affinity.js';
import { balancerByName } from './balancer-by-name.js';

const secret = '0123456789abcdef0123456789abcdef';

/** A browser with one jar for everything. */
class Jar implements Affinity {
  readonly cookies = new Map<string, string>();
  readonly writes: CookieAttributes[] = [];

  read(name: string): string | undefined {
    return this.cookies.get(name);
  }

  write(name: string, value: string, attributes: CookieAttributes): void {
    this.cookies.set(name, value);
    this.writes.push(attributes);
  }
}

function sticky(count: number, options: object = {}) {
  const clock = new ManualClock();
  const balancer = balancerByName({ name: 'cookie-affinity', options: { cookie: 'c', secret, expiryMs: 60_000, otherwise: 'round-robin', ...options } }, { clock });
  const fixture = instanceSet(count, { maxEjectedPercent: 100 }, balancer, { clock, panicPercent: 0 });
  const { set } = fixture;
  /** A request of one attempt. */
  const ask = (jar: Affinity) => {
    const hint = set.hint(asking(), jar)!;
    const state = set.pick(undefined, hint);
    set.answered(state, hint);
    return state.instance.id;
  };
  return { ...fixture, clock, ask };
}

describe('CookieAffinityBalancer', () => {
  it('keeps a client with the instance that answered it first, and sets the cookie once', () => {
    const { ask } = sticky(3);
    const [ann, bob] = [new Jar(), new Jar()];
    expect([ask(ann), ask(bob), ask(ann), ask(ann), ask(bob)]).toEqual(['a', 'b', 'a', 'a', 'b']);
    expect(ann.writes).toEqual([{ maxAgeMs: 60_000, path: '/', httpOnly: true, sameSite: 'Lax', secure: true }]);
    expect(ann.cookies.get('c')).not.toContain('a:80');
  });

  it('holds over a restart and in another process', () => {
    const jar = new Jar();
    const first = sticky(3);
    first.ask(new Jar());
    first.ask(jar);
    expect(sticky(3).ask(jar)).toBe('b');
    expect(jar.writes).toHaveLength(1);
  });

  it.each([
    ['unknown', () => 'something'],
    ['forged', (value: string) => `${value.slice(0, -4)}AAAA`],
    ['of another secret', () => 'AAAAAAAAAAAAAAAA.zzzzzzzz.'.padEnd(69, 'A')],
  ])('picks anew where the cookie is %s, and sets a new one', (_, alter) => {
    const { ask } = sticky(3);
    const jar = new Jar();
    ask(jar);
    jar.cookies.set('c', alter(jar.cookies.get('c')!));
    expect([ask(jar), ask(jar), jar.writes.length]).toEqual(['b', 'b', 2]);
  });

  it('picks anew when the cookie has expired, even if the client still sends it', async () => {
    const { ask, clock } = sticky(3);
    const jar = new Jar();
    ask(jar);
    await clock.advance(60_000);
    expect([ask(jar), jar.writes.length]).toEqual(['b', 2]);
  });

  it('renews the cookie in the second half of its time', async () => {
    const { ask, clock } = sticky(3);
    const jar = new Jar();
    for (let count = 0; count < 10; count++) {
      expect(ask(jar)).toBe('a');
      await clock.advance(20_000);
    }
    expect(jar.writes).toHaveLength(5);
  });

  it('gives the client of an ejected instance another one, and a cookie for that', () => {
    const { ask, finish, state } = sticky(3);
    const jar = new Jar();
    ask(jar);
    finish(state(0), false, 5);
    const next = ask(jar);
    expect([next, ask(jar), jar.writes.length]).toEqual([next, next, 2]);
    expect(next).not.toBe('a');
  });

  it('names the instance that answered, not one that failed before', () => {
    const { ask, set } = sticky(3);
    const jar = new Jar();
    ask(jar);
    const hint = set.hint(asking(), jar)!;
    const failed = set.pick(undefined, hint);
    const second = set.pick(failed, hint);
    expect([failed.instance.id, second === failed, jar.writes.length]).toEqual(['a', false, 1]);
    set.answered(second, hint);
    expect([ask(jar), jar.writes.length]).toEqual([second.instance.id, 2]);
  });

  it('sets the cookie while there is one instance only, so that more of them change nothing', () => {
    const { ask, source } = sticky(1);
    const jar = new Jar();
    ask(jar);
    source.change(instances(1, 1, 1));
    expect([ask(jar), ask(jar), ask(jar), jar.writes.length]).toEqual(['a', 'a', 'a', 1]);
  });

  it('picks by the balancer underneath where a call has no cookies', () => {
    const { reached, set } = sticky(3);
    const hint = set.hint(asking())!;
    expect(set.needsHint).toBe(true);
    set.answered(set.pick(undefined, hint), hint);
    expect(reached()).toBe('abc');
  });

  it('tells the balancer underneath how calls end', () => {
    const { finish, set, state } = sticky(2, { otherwise: 'p2c-ewma' });
    finish(state(1), true);
    finish(state(0), false);
    // 1000 ms for the failure, in the first instant; the first one drawn would win a tie.
    expect(set.pick()).toBe(state(0));
  });
});
