import { describe, expect, it } from 'vitest';
import { EventRoutes } from './event-routes.js';
import { EventRule } from './event-rules.config.js';

const rule = (options: Partial<EventRule>): EventRule => Object.assign(new EventRule(), { urlTemplate: 'https://shop.example/{hub}/{category}/{event}' }, options);
const call = (event: string, hub = 'shop') => ({ hub, category: 'messages', event }) as const;

describe('the route of an event', () => {
  it('is its address with what has happened in it, escaped', () => {
    expect(new EventRoutes([rule({})]).addressOf(call('a b/../c?d#e'))).toBe('https://shop.example/shop/messages/a%20b%2F..%2Fc%3Fd%23e');
  });

  it('is none for a method that would make an address go up, whatever the rules', () => {
    for (const event of ['.', '..']) expect(new EventRoutes([rule({})]).addressOf(call(event))).toBeUndefined();
  });

  it('can be found for half of a character', () => {
    expect(new EventRoutes([rule({})]).addressOf(call('\ud800'))).toBe('https://shop.example/shop/messages/%EF%BF%BD');
  });

  it('is that of the first rule that matches, by names in any case', () => {
    const routes = new EventRoutes([
      rule({ urlTemplate: 'https://one.example', eventPattern: 'Buy, sell' }),
      rule({ urlTemplate: 'https://two.example', hubPattern: 'news' }),
      rule({ urlTemplate: 'https://three.example', categoryPattern: 'connections' }),
    ]);
    expect([call('BUY'), call('sell'), call('look', 'news'), call('look'), { hub: 'shop', category: 'connections', event: 'connected' } as const].map((name) => routes.addressOf(name))).toEqual([
      'https://one.example',
      'https://one.example',
      'https://two.example',
      undefined,
      'https://three.example',
    ]);
  });
});
