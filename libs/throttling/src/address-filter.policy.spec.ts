import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import type { Endpoint, PorticoError, Resolve } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { AddressSet, canonicalAddress } from './address-set.js';
import { AddressFilter, addressFilter, AddressFilterOptions } from './index.js';

const resolve = (() => undefined) as unknown as Resolve;
const route = (options: Partial<AddressFilterOptions> | undefined, kind: Endpoint['kind'] = 'route'): Endpoint => ({
  kind,
  name: 'images',
  method: '',
  path: '/images',
  declared: <T>(key: string) => (key === 'portico:addresses' && options ? (Object.assign(new AddressFilterOptions(), options) as T) : undefined),
});

function serves(options: Partial<AddressFilterOptions>, address: string): boolean {
  const step = addressFilter().compile(route(options), resolve)?.inbound;
  try {
    expect(step?.(testContext({ address }))).toBeUndefined();
    return true;
  } catch (error) {
    expect(error as PorticoError).toMatchObject({ code: 'ADDRESS_FORBIDDEN', status: 403 });
    return false;
  }
}

describe('AddressSet', () => {
  const cases: [entry: string, inside: string[], outside: string[]][] = [
    ['192.0.2.7', ['192.0.2.7', '::ffff:192.0.2.7', '::FFFF:c000:207', '0:0:0:0:0:ffff:c000:0207'], ['192.0.2.8', '::192.0.2.7', '2002:c000:207::']],
    ['192.168.1.0/24', ['192.168.1.0', '192.168.1.255', '::ffff:192.168.1.9'], ['192.168.10.5', '192.168.0.255', '192.168.2.0']],
    ['192.168.1.77/24', ['192.168.1.1'], ['192.168.2.1']],
    ['192.168.0.0/255.255.0.0', ['192.168.0.0', '192.168.255.255'], ['192.169.0.0', '192.167.255.255']],
    ['10.0.0.0/0.0.0.0', ['255.1.2.3'], ['2001:db8::1']],
    ['0.0.0.0/0', ['200.1.1.1', '::ffff:1.2.3.4'], ['::1']],
    ['10.1.2.3/32', ['10.1.2.3'], ['10.1.2.2', '10.1.2.4']],
    ['192.168.1.0-192.168.1.10', ['192.168.1.0', '192.168.1.10'], ['192.168.1.11', '192.168.0.255']],
    ['10.0.0.250-10.0.1.5', ['10.0.0.255', '10.0.1.0'], ['10.0.0.249', '10.0.1.6']],
    ['192.168.1.30-50', ['192.168.1.30', '192.168.1.50'], ['192.168.1.29', '192.168.1.51', '192.168.2.40']],
    [' 192.168.1.30 - 50 ', ['192.168.1.40'], ['192.168.1.51']],
    ['2001:db8::/32', ['2001:db8::', '2001:DB8:ffff::1', '2001:db8::1%eth0'], ['2001:db9::', '192.0.2.1']],
    ['2001:db8::7', ['2001:0db8:0000::0007'], ['2001:db8::8']],
    ['2001:db8::10-2f', ['2001:db8::10', '2001:db8::2f'], ['2001:db8::f', '2001:db8::30', '2001:db8::1:20']],
    ['2001:db8::-ff', ['2001:db8::', '2001:db8::ff'], ['2001:db8::100']],
    ['fe80::1-fe80::ffff', ['fe80::abc', 'fe80::abc%2'], ['fe80::1:0']],
    ['::ffff:10.0.0.0/104', ['10.255.0.1', '::ffff:10.0.0.1'], ['11.0.0.1']],
    ['::ffff:10.0.0.5', ['10.0.0.5'], ['10.0.0.6']],
    ['::/0', ['::1', 'fe80::1'], ['192.0.2.1', '::ffff:192.0.2.1']],
  ];
  it.each(cases)('%s holds what lies inside and nothing else', (entry, inside, outside) => {
    const set = new AddressSet([entry]);
    const has = (address: string) => set.has(canonicalAddress(address) as string);
    expect(inside.filter((address) => !has(address))).toEqual([]);
    expect(outside.filter(has)).toEqual([]);
  });

  const wrong = ['', 'localhost', '10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0.0/255.0.255.0', '10.0.0.0/1e1', '10.0.0.9-10.0.0.1', '10.0.0.9-1'];
  it.each([...wrong, '10.0.0.1-256', '10.0.0.1-::1', '::1/129', '2001:db8::9-1', '::ffff:10.0.0.0/8', 'fe80::1%eth0', '2001:db8::1-fffff', '2001:db8::/255.0.0.0'])('refuses the entry %j by name', (entry) => {
    expect(() => new AddressSet(['10.0.0.1', entry])).toThrow(TypeError);
    expect(() => new AddressSet([entry])).toThrow(JSON.stringify(entry.trim()));
  });
});

describe('The address filter', () => {
  const cut = { allow: ['192.168.1.30-50'], deny: ['192.168.1.1-100'] };
  const cases: [string, Partial<AddressFilterOptions>, string, boolean][] = [
    ['refuses a denied address', { deny: ['192.168.1.1'] }, '192.168.1.1', false],
    ['serves who is not denied', { deny: ['192.168.1.1'] }, '192.168.1.2', true],
    ['serves an allowed address', { allow: ['192.168.1.1'] }, '192.168.1.1', true],
    ['refuses everybody else once somebody is allowed', { allow: ['192.168.1.1'] }, '192.168.1.2', false],
    ['lets denied win over allowed', cut, '192.168.1.35', false],
    ['cuts allowed out of denied where it is asked to', { ...cut, excludeAllowedFromDenied: true }, '192.168.1.35', true],
    ['keeps the rest of what is denied then', { ...cut, excludeAllowedFromDenied: true }, '192.168.1.60', false],
    ['keeps the list of allowed ones closed then', { ...cut, excludeAllowedFromDenied: true }, '192.168.7.7', false],
    ['sees through an address mapped into IPv6', { deny: ['192.168.1.1'] }, '::ffff:192.168.1.1', false],
    ['refuses an address that it cannot read, whatever stands in its lists', { deny: ['192.168.1.1'] }, 'unknown', false],
    ['refuses a missing address where a list of allowed ones stands', { allow: ['0.0.0.0/0', '::/0'] }, '', false],
  ];
  it.each(cases)('%s', (_name, options, address, served) => {
    expect(serves(options, address)).toBe(served);
  });

  it('gives the same answer to an address that comes back, and after thousands of others', () => {
    const step = addressFilter().compile(route({ deny: ['10.9.0.0/16'] }), resolve)?.inbound;
    const ask = (address: string) => step?.(testContext({ address }));
    for (let round = 0; round < 2; round++) {
      expect(() => ask('10.9.0.1')).toThrow();
      for (let i = 0; i < 5_000; i++) ask(`10.8.${i >> 8}.${i & 255}`);
    }
  });

  it('has nothing to do where no list is given', () => {
    expect(addressFilter().compile(route({}), resolve)).toBeUndefined();
    expect(addressFilter().compile(route(undefined), resolve)).toBeUndefined();
  });

  it('reads what @AddressFilter() declares for an operation, and ends the start on an entry that is none', () => {
    class Shop {
      @AddressFilter({ allow: ['10.0.0.0/8'] })
      read(): void {}
    }
    const operation: Endpoint = { ...route(undefined, 'operation'), declared: (key) => Reflect.getMetadata(key, Shop.prototype.read) };
    expect(() => addressFilter().compile(operation, resolve)?.inbound?.(testContext({ address: '192.0.2.1' }))).toThrow();
    expect(() => AddressFilter({ deny: ['10.0.0.0/40'] })).toThrow('"10.0.0.0/40" is no network');
  });
});

describe('AddressFilterOptions', () => {
  it('names the entry that is none', () => {
    const [error] = validateSync(Object.assign(new AddressFilterOptions(), { allow: ['10.0.0.1', '10.0.0.9-1'] }));
    expect(Object.values(error?.constraints ?? {})).toEqual(['"10.0.0.9-1" ends before it begins']);
  });
});
