import { block, map } from './lines.mjs';
import { cookieName, cookieTargetVariable, instanceId, setCookieVariable, targetVariable } from './pool-names.mjs';

/** @typedef {import('../pools/pool-watch.mjs').Instance} Instance */
/** @typedef {import('../config/edge-config.mjs').PoolConfig} PoolConfig */

/** Idle connections to a group that a worker keeps. An instance must keep them longer, or a request meets one that is being closed. */
const keptConnections = 64;
const keptForS = 20;

/**
 * One pool: a group of the instances that take requests; for each that clients may be bound to a group in which it comes first; and the variables that say which group a request is for.
 * Where no instance is healthy all get requests: a probe that is wrong must not take everything down.
 * @param {string} name
 * @param {PoolConfig} config
 * @param {readonly Instance[]} instances
 * @param {string} key for `instanceId`
 * @returns {string[]} lines
 */
export function renderPool(name, config, instances, key) {
  const healthy = instances.filter((instance) => instance.healthy);
  const taking = healthy.length > 0 ? healthy : instances;
  const hasCookie = config.affinity === 'cookie';
  const marks = `max_fails=${config.maxFails} fail_timeout=${Math.ceil(config.failTimeoutMs / 1_000)}s`;
  const group = (/** @type {Instance} */ { address }) => `"${name}.${instanceId(address, key)}"`;
  const named = instances.filter(({ replica }) => replica !== undefined);
  const bound = instances.filter((instance) => named.includes(instance) || (hasCookie && taking.includes(instance)));
  return [
    ...renderGroup(`"${name}"`, taking.map(({ address }) => `${address} ${marks}`)),
    ...bound.flatMap((instance) => {
      const others = taking.filter((other) => other !== instance);
      return renderGroup(group(instance), [`${instance.address} ${marks}`, ...others.map(({ address }) => `${address} ${marks} backup`)]);
    }),
    // Ids of push connections begin with the name of their replica, which keeps them to their end, whether it takes new ones or not.
    ...map('$arg_id', targetVariable(name), hasCookie ? cookieTargetVariable(name) : `"${name}"`, named.map((instance) => [`~^${instance.replica}\\.`, group(instance)])),
    ...(hasCookie ? renderAffinity(name, taking, group, key) : []),
  ];
}

/**
 * @param {string} name
 * @param {readonly string[]} servers
 */
function renderGroup(name, servers) {
  // A group without a server is a fault; this one answers that nobody is there.
  const lines = servers.length > 0 ? servers : ['127.0.0.1:1 down'];
  return block(`upstream ${name}`, [`zone ${name} 256k;`, 'least_conn;', ...lines.map((server) => `server ${server};`), `keepalive ${keptConnections};`, `keepalive_timeout ${keptForS}s;`]);
}

/**
 * @param {string} name
 * @param {readonly Instance[]} taking
 * @param {(instance: Instance) => string} group
 * @param {string} key
 */
function renderAffinity(name, taking, group, key) {
  const cookie = `$cookie_${cookieName(name)}`;
  const instances = taking.map((instance) => ({ id: instanceId(instance.address, key), instance, address: `${instance.address.replaceAll('.', '\\.')}$` }));
  return [
    ...map(cookie, cookieTargetVariable(name), `"${name}"`, instances.map(({ id, instance }) => [id, group(instance)])),
    // Who has the cookie of the instance that answered gets it no second time.
    ...map(`"${cookie} $upstream_addr"`, setCookieVariable(name), '""', [
      ...instances.map(({ id, address }) => /** @type {const} */ ([`~^${id} (?:.*[ ,])?${address}`, '""'])),
      ...instances.map(({ id, address }) => /** @type {const} */ ([`~[ ,]${address}`, `"${cookieName(name)}=${id}; Path=/; Secure; HttpOnly; SameSite=Lax"`])),
    ]),
  ];
}
