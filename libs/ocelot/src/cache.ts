import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { optionsFor } from './scoped-section.js';
import type { Section } from './section.js';

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** What is kept of a route's answers, by time alone as Ocelot does; undefined where nothing is. `methods`: those of the route, empty for all. */
export function cacheOf(route: Section | undefined, methods: readonly string[], { global, findings }: ImportContext): JsonObject | undefined {
  const options = optionsFor(route, global, 'CacheOptions', route?.section('FileCacheOptions') ? 'FileCacheOptions' : 'CacheOptions');
  const ttl = options.number('TtlSeconds');
  if (!ttl || ttl.value <= 0) return undefined;
  const kept = methods.length > 0 ? methods : everyMethod;
  const unsafe = kept.some((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
  if (unsafe && options.flag('EnableContentHashing')?.value !== true) {
    findings.note('changed', ttl.path, 'Ocelot keeps answers to POST, PUT, PATCH and DELETE by the address alone; here the body is part of the key. Take out of `methods` what is not to be kept');
  }
  return compact({
    ttlMs: ttl.value * 1_000,
    region: options.text('Region')?.value,
    methods: kept,
    honour: 'ttl-only',
    keyHeaders: [(options.text('Header')?.value ?? 'OC-Cache-Control').toLowerCase()],
  });
}
