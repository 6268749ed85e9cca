import { describe, expect, it } from 'vitest';
import { validateSync } from 'class-validator';
import { RouteCacheOptions } from '../index.js';

const faults = (changes: Record<string, unknown>) => validateSync(Object.assign(new RouteCacheOptions(), changes)).flatMap(({ constraints }) => Object.values(constraints ?? {}));

describe('The cache section of a route', () => {
  it('may be empty, and then keeps what the service allows', () => {
    expect(faults({})).toEqual([]);
    expect({ ...new RouteCacheOptions() }).toEqual({ ttlMs: 0, region: '', methods: ['GET', 'HEAD'], staleWhileRevalidateMs: 0, staleIfErrorMs: 0, honour: 'rfc9111', keyHeaders: [] });
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ ttlMs: -1 }, /ttlMs/],
    [{ ttlMs: 0.5 }, /ttlMs/],
    [{ staleIfErrorMs: -1 }, /staleIfErrorMs/],
    [{ staleWhileRevalidateMs: -1 }, /staleWhileRevalidateMs/],
    [{ methods: [] }, /methods/],
    [{ methods: ['get'] }, /upper case/],
    [{ methods: ['GET', 'POST'] }, /ttl-only/],
    [{ honour: 'always' }, /honour/],
    [{ keyHeaders: ['x a'] }, /keyHeaders/],
  ])('%j is refused', (changes, message) => {
    expect(faults(changes).join()).toMatch(message);
  });

  it('may name other methods with ttl-only', () => {
    expect(faults({ honour: 'ttl-only', methods: ['GET', 'POST'] })).toEqual([]);
  });
});
