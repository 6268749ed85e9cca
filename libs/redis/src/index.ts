export { openRedis, type OpenRedisOptions } from './open-redis.js';
export { Reachability, type ReachabilityOptions } from './reachability.js';
export type { RedisConnection, RedisScript } from './redis-connection.js';
