import { Choices, loadConfig, loadConfigFile } from '@portico/config';
import { describe, expect, it } from 'vitest';
import { balancerByName, type BalancerChoice } from './balancer-by-name.js';
import { balancerOptions } from './balancer-options.js';
import { ConsistentHashOptions } from './consistent-hash.config.js';
import { CookieAffinityOptions } from './cookie-affinity.config.js';
import { NoOptions } from './no-options.config.js';
import { balancerNames } from './plain-balancers.js';

const secret = '0123456789abcdef0123456789abcdef';

describe('balancerByName', () => {
  it('makes each balancer under the name it bears, and a new one each time', () => {
    for (const name of Object.keys(balancerOptions)) expect(balancerByName({ name, options: name === 'cookie-affinity' ? { secret } : {} }).name).toBe(name);
    expect(balancerByName('round-robin')).not.toBe(balancerByName('round-robin'));
  });

  it('makes those that need no options by their names alone', () => {
    expect(balancerNames.map((name) => balancerByName(name).name)).toEqual(balancerNames);
    expect(balancerNames).toEqual(['least-request', 'round-robin', 'weighted-round-robin', 'p2c-ewma', 'first']);
    expect(balancerNames.filter((name) => balancerByName(name).hint)).toEqual([]);
  });

  it('takes least request when no name is given', () => {
    expect(balancerByName().name).toBe('least-request');
  });

  it.each(['fastest', 'toString'])('refuses the unknown name %s and lists the known ones', (name) => {
    expect(() => balancerByName(name)).toThrow(
      `There is no balancer "${name}"; known are least-request, round-robin, weighted-round-robin, p2c-ewma, cookie-affinity, session-affinity, consistent-hash, first.`,
    );
  });

  it.each([
    ['least-request', { by: 'path' }, 'Balancer least-request: there is no by.'],
    ['p2c-ewma', { decayMs: 1, failurePenaltyMs: -1 }, 'Balancer p2c-ewma: decayMs must not be less than 100; failurePenaltyMs must not be less than 0.'],
    ['cookie-affinity', {}, 'Balancer cookie-affinity: secret must be longer than or equal to 32 characters.'],
    ['cookie-affinity', { secret, cookie: 'a b' }, 'Balancer cookie-affinity: cookie must be the name of a cookie.'],
    ['cookie-affinity', { secret, path: '/; Domain=x' }, 'Balancer cookie-affinity: path must be a path.'],
    ['cookie-affinity', { secret, otherwise: 'consistent-hash' }, /otherwise must be one of the following values: least-request, round-robin/],
    ['session-affinity', { cookie: '', maxSessions: 0 }, 'Balancer session-affinity: cookie must be the name of a cookie; maxSessions must not be less than 1.'],
    ['consistent-hash', { by: 'header' }, 'Balancer consistent-hash: header must be the name of a header.'],
    ['consistent-hash', { by: 'cookie', maxLoadPercent: 100 }, /by must be one of the following values: address, caller, header, path; maxLoadPercent must not be less than 101/],
  ])('refuses options of %s', (name, options, message) => {
    expect(() => balancerByName({ name, options })).toThrow(message);
  });

  it('takes instances of the option classes', () => {
    expect(balancerByName({ name: 'consistent-hash', options: Object.assign(new ConsistentHashOptions(), { by: 'path' }) }).name).toBe('consistent-hash');
  });

  it('declares options that a configuration can be loaded by', () => {
    const load = (env: Record<string, string>) => loadConfig(CookieAffinityOptions, { env, prefix: 'B' });
    expect(load({ B_SECRET: secret, B_EXPIRY_MS: '5000' })).toMatchObject({ cookie: 'portico-instance', secret, expiryMs: 5_000, secure: true });
    expect(() => load({})).toThrow('is required');
    expect(() => load({ B_SECRET: 'short' })).toThrow('does not satisfy minLength');
  });

  it('makes what a configuration file chooses', () => {
    class Service {
      @Choices(() => balancerOptions, { description: 'Balancer' })
      balancer: BalancerChoice = { name: 'least-request', options: new NoOptions() };
    }
    const chosen = (text: string) => balancerByName(loadConfigFile(Service, { file: 'gateway.yaml', text }, { env: {} }).balancer).name;
    expect(chosen('{}')).toBe('least-request');
    expect(chosen('balancer: first')).toBe('first');
    expect(chosen(`balancer: { cookie-affinity: { cookie: c, secret: ${secret} } }`)).toBe('cookie-affinity');
    expect(() => chosen('balancer: { consistent-hash: { by: moon } }')).toThrow('balancer.consistent-hash.by');
  });
});
