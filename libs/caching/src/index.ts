export { AnswerCache } from './answer-cache.js';
export { answerCache } from './answer-cache.policy.js';
export type { BoundedTextStoreOptions } from './bounded-text-store.js';
export { CacheFor, type CacheForOptions } from './cache-for.decorator.js';
export { CacheManagerPartCache } from './cache-manager-part-cache.js';
export { conditional } from './conditional.policy.js';
export { IdempotencyKeys } from './idempotency-keys.js';
export { createTextCache } from './text-cache.js';
