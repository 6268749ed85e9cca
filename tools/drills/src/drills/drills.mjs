import { setTimeout as wait } from 'node:timers/promises';

/** @typedef {import('../composed.mjs').Composed} Composed */

/**
 * Something that goes wrong, and back.
 * @typedef {object} Drill
 * @property {string} name
 * @property {string} title for the table
 * @property {(composed: Composed) => Promise<void>} incident from before it begins to after it is over
 */

/** Time before an incident and after it, in ms: what is lost at its edges counts too. */
const calmMs = 3_000;

/** Time for which something is away. */
const awayMs = 10_000;

/**
 * @param {string} name
 * @param {string} title
 * @param {(composed: Composed) => Promise<void>} incident
 * @returns {Drill}
 */
const drill = (name, title, incident) => ({
  name,
  title,
  incident: async (composed) => {
    await wait(calmMs);
    await incident(composed);
    await wait(calmMs);
  },
});

/**
 * Takes containers away and brings them back.
 * @param {(replicas: readonly string[]) => readonly string[]} which
 */
const awayWith = (which) => (/** @type {string} */ service, /** @type {readonly [away: string, back: string]} */ [goes, comes]) => async (/** @type {Composed} */ composed) => {
  const containers = which(await composed.replicas(service));
  await composed.docker(goes, ...containers);
  await wait(awayMs);
  await composed.docker(comes, ...containers);
};

const away = awayWith((replicas) => replicas.slice(0, 1));
const allAway = awayWith((replicas) => replicas);

const killed = /** @type {const} */ (['kill', 'start']);
const paused = /** @type {const} */ (['pause', 'unpause']);

/** Sets the faults of a service, in each replica from inside. @param {Composed} composed @param {string} service @param {number} port @param {object} faults */
async function setFaults(composed, service, port, faults) {
  const script = `fetch('http://127.0.0.1:${port}/__faults', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(faults))} }).then(({ ok }) => process.exit(ok ? 0 : 1))`;
  for (const replica of await composed.replicas(service)) await composed.docker('exec', replica, 'node', '-e', script);
}

/** Time in which whoever asks a container that is healthy has heard of it, in ms: the edge by its next look, the BFFs by Consul. */
const heardMs = 2_000;

/** @param {Composed} composed @param {string} container */
async function untilHealthy(composed, container) {
  while ((await composed.docker('inspect', '--format', '{{.State.Health.Status}}', container)).trim() !== 'healthy') await wait(250);
  await wait(heardMs);
}

/**
 * Restarts every replica, one after the other, each once the last is healthy again. What runs once gets a successor first.
 * @param {Composed} composed
 * @param {readonly string[]} services
 */
async function restartInTurn(composed, services) {
  for (const service of services) {
    const replicas = await composed.replicas(service);
    if (replicas.length === 1) await succeed(composed, service, /** @type {string} */ (replicas[0]));
    else
      for (const container of replicas) {
        await composed.docker('restart', '--time', '20', container);
        await untilHealthy(composed, container);
      }
  }
}

/** @param {Composed} composed @param {string} service @param {string} old */
async function succeed(composed, service, old) {
  await composed.compose('up', '--detach', '--no-build', '--no-deps', '--no-recreate', '--scale', `${service}=2`, service);
  for (const container of await composed.replicas(service)) if (container !== old) await untilHealthy(composed, container);
  await composed.docker('stop', '--time', '20', old);
  await composed.docker('rm', old);
}

const bffs = ['web-bff', 'mobile-bff', 'desktop-bff'];
/** Services with two replicas, and with one. */
const twice = ['catalog', 'inventory', 'reviews', 'recommendations'];
const once = ['pricing', 'basket', 'ordering', 'customers', 'shipping'];

/** @type {readonly Drill[]} */
export const drills = [
  drill('calm', 'nothing', () => wait(awayMs)),
  ...[...bffs, ...twice].map((app) => drill(`kill-${app}`, `a replica of ${app} is killed, and started after 10 s`, away(app, killed))),
  ...['mobile-bff', 'catalog'].map((app) => drill(`pause-${app}`, `a replica of ${app} hangs for 10 s`, away(app, paused))),
  drill('lose-reviews', 'the reviews, an optional service, are killed for 10 s, both replicas', allAway('reviews', killed)),
  drill('slow-reviews', 'the reviews take 5 s for every answer, for 10 s, both replicas', async (composed) => {
    await setFaults(composed, 'reviews', 4004, { latencyMs: 5_000 });
    await wait(awayMs);
    await setFaults(composed, 'reviews', 4004, {});
  }),
  drill('kill-consul', 'Consul is killed for 10 s', away('consul', killed)),
  drill('pause-consul', 'Consul hangs for 10 s', away('consul', paused)),
  drill('kill-redis', 'Redis is killed for 10 s', away('redis', killed)),
  drill('pause-redis', 'Redis hangs for 10 s', away('redis', paused)),
  drill('kill-identity', 'the issuer is killed for 10 s', away('identity', killed)),
  drill('restart-bffs', 'every replica of the BFFs is restarted, one after the other', (composed) => restartInTurn(composed, bffs)),
  drill('restart-services', 'every service is restarted, one after the other', (composed) => restartInTurn(composed, [...twice, ...once])),
];
