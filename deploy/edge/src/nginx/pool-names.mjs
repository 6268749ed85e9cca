import { createHmac } from 'node:crypto';

/**
 * What a cookie calls an instance: the same at every edge with the same key, and nothing that tells its address.
 * @param {string} address
 * @param {string} key
 * @returns {string} 16 hex digits
 */
export function instanceId(address, key) {
  return createHmac('sha256', key).update(address).digest('hex').slice(0, 16);
}

/**
 * @param {string} pool
 * @returns {string} the same as a part of a variable's name; no other pool's, for names of pools have no `_`
 */
const word = (pool) => pool.replaceAll('-', '_');

/** The group that a request for this pool goes to. @param {string} pool */
export const targetVariable = (pool) => `$edge_target_${word(pool)}`;

/** The group that the client's cookie names. @param {string} pool */
export const cookieTargetVariable = (pool) => `$edge_cookie_target_${word(pool)}`;

/** The Set-Cookie field of an answer; empty when it needs none. @param {string} pool */
export const setCookieVariable = (pool) => `$edge_set_cookie_${word(pool)}`;

/** The cookie that binds a client to an instance. @param {string} pool */
export const cookieName = (pool) => `portico_instance_${word(pool)}`;
