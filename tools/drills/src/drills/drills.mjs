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

/** @param {Composed} composed @param {string} service */
const oneOf = async (composed, service) => /** @type {string} */ ((await composed.replicas(service))[0]);

/**
 * Takes a container away and brings it back.
 * @param {string} service
 * @param {readonly [away: string, back: string]} commands
 */
const away = (service, [goes, comes]) => async (/** @type {Composed} */ composed) => {
  const container = await oneOf(composed, service);
  await composed.docker(goes, container);
  await wait(awayMs);
  await composed.docker(comes, container);
};

const killed = /** @type {const} */ (['kill', 'start']);
const paused = /** @type {const} */ (['pause', 'unpause']);

/** Sets the faults of a service, from inside. @param {Composed} composed @param {string} service @param {number} port @param {object} faults */
async function setFaults(composed, service, port, faults) {
  const script = `fetch('http://127.0.0.1:${port}/__faults', { method: 'PUT', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(faults))} }).then(({ ok }) => process.exit(ok ? 0 : 1))`;
  await composed.docker('exec', await oneOf(composed, service), 'node', '-e', script);
}

/** Stops and starts every replica, one after the other, each once the last is healthy again. @param {Composed} composed @param {readonly string[]} services */
async function restartInTurn(composed, services) {
  for (const service of services) {
    for (const container of await composed.replicas(service)) {
      await composed.docker('restart', '--time', '20', container);
      while ((await composed.docker('inspect', '--format', '{{.State.Health.Status}}', container)).trim() !== 'healthy') await wait(250);
      // The edge takes it up again by its next look.
      await wait(2_000);
    }
  }
}

/** @type {readonly Drill[]} */
export const drills = [
  drill('calm', 'nothing', () => wait(awayMs)),
  ...['web-bff', 'mobile-bff', 'desktop-bff'].map((bff) => drill(`kill-${bff}`, `a replica of ${bff} is killed, and started after 10 s`, away(bff, killed))),
  drill('pause-mobile-bff', 'a replica of mobile-bff hangs for 10 s', away('mobile-bff', paused)),
  drill('kill-reviews', 'the reviews, an optional service, are killed for 10 s', away('reviews', killed)),
  drill('slow-reviews', 'the reviews take 5 s for every answer, for 10 s', async (composed) => {
    await setFaults(composed, 'reviews', 4004, { latencyMs: 5_000 });
    await wait(awayMs);
    await setFaults(composed, 'reviews', 4004, {});
  }),
  drill('kill-redis', 'Redis is killed for 10 s', away('redis', killed)),
  drill('pause-redis', 'Redis hangs for 10 s', away('redis', paused)),
  drill('kill-identity', 'the issuer is killed for 10 s', away('identity', killed)),
  drill('restart-bffs', 'every replica of the BFFs is restarted, one after the other', (composed) => restartInTurn(composed, ['web-bff', 'mobile-bff', 'desktop-bff'])),
];
