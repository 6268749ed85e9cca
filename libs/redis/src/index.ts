export { openRedis, type OpenRedisOptions } from './open-redis.js';
export type { RedisConnection, RedisScript } from './redis-connection.js';
