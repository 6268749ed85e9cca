import { createCache, type Cache } from 'cache-manager';
import { Keyv } from 'keyv';
import { BoundedTextStore, type BoundedTextStoreOptions } from './bounded-text-store.js';
import type { SharedCacheOptions } from './shared-cache.options.js';
import { SharedTextStore } from './shared-text-store.js';

/**
 * A cache-manager cache over a bounded store in this process.
 * @param shared has it reach to the other replicas through Redis. It is one store with two levels instead of two stores of the cache: of those, a text that was found in the second
 * would never come into the first, and one that stays in the first would hide what has been written to the second since.
 */
export function createTextCache(options: BoundedTextStoreOptions, shared?: SharedCacheOptions): Cache {
  const memory = new BoundedTextStore(options);
  const keyv = new Keyv({ store: shared ? new SharedTextStore(memory, options.clock, shared) : memory, useKeyPrefix: false });
  // Without them Keyv hands its envelope over as it is, instead of as JSON that it would have to parse again.
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return createCache({ stores: [keyv] });
}
