import { createCache, type Cache } from 'cache-manager';
import { Keyv } from 'keyv';
import { BoundedTextStore, type BoundedTextStoreOptions } from './bounded-text-store.js';

/** A cache-manager cache over a bounded store in this process. Whoever has several replicas gives `AnswerCache` and the part cache one over Redis instead. */
export function createTextCache(options: BoundedTextStoreOptions): Cache {
  const keyv = new Keyv({ store: new BoundedTextStore(options), useKeyPrefix: false });
  // Without them Keyv hands its envelope over as it is, instead of as JSON that it would have to parse again.
  keyv.serialize = undefined;
  keyv.deserialize = undefined;
  return createCache({ stores: [keyv] });
}
