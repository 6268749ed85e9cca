import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.mjs';
import { choosePlaces, environmentOf } from '../places.mjs';
import { assertPortsFree } from '../ports.mjs';
import { aborted, stopSignal } from '../run/stop-signal.mjs';
import { startDevApp } from '../serve/dev-app.mjs';
import { ownServices } from '../serve/owned-services.mjs';
import { OwnerLock } from '../serve/owner-lock.mjs';
import { ServicesKeeper } from '../serve/services-keeper.mjs';
import { topology as portico } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `nx serve <project>`: one app under development, and the services it needs.
 * @param {readonly string[]} args the project
 */
export function run([project = '']) {
  return serve({ root: workspaceRoot, topology: portico, project });
}

/**
 * @param {{ root: string, topology: import('../topology.mjs').Topology, project: string }} options
 * @returns {Promise<number>} exit code: 0 when it was asked to stop
 */
export async function serve({ root, topology, project }) {
  const stop = stopSignal();
  const alone = topology.alone?.find((candidate) => candidate.project === project);
  if (alone) return outcome(() => serveAlone(root, alone, stop), stop);
  return outcome(async () => {
    const app = [topology.services, ...topology.gateways].find((candidate) => candidate.project === project);
    if (!app) throw new LaunchError(`There is no app called "${project}".`);
    const places = choosePlaces([topology.services, ...topology.gateways], process.env);
    const [ownPlace] = places.filter(({ name }) => app.endpoints.some((endpoint) => endpoint.name === name));
    const develops = app === topology.services;
    if (!develops && ownPlace) await assertPortsFree([ownPlace]);

    /** @param {import('../topology.mjs').App} target */
    const options = (target) => ({ root, app: target, env: environmentOf(target, places, process.env), log });
    const keeper = new ServicesKeeper({
      places: places.filter(({ name }) => topology.services.endpoints.some((endpoint) => endpoint.name === name)),
      lock: new OwnerLock(join(root, '.portico/services.lock')),
      own: () => (develops ? developServices(options(topology.services)) : ownServices(options(topology.services))),
      log,
    });
    const kept = keeper.run(stop);
    const served = develops ? undefined : await startDevApp(options(app));
    if (served && ownPlace) log(`${project} is served on ${ownPlace.url}; Ctrl-C stops it`);
    await aborted(stop);
    await Promise.all([served?.stop(), kept]);
    return 0;
  }, stop);
}

/**
 * One app that needs no other.
 * @param {string} root
 * @param {import('../topology.mjs').App} app
 * @param {AbortSignal} stop
 */
async function serveAlone(root, app, stop) {
  const places = choosePlaces([app], process.env);
  await assertPortsFree(places);
  const { keyVariable } = app;
  const made = keyVariable !== undefined && !process.env[keyVariable] && !process.env[`${keyVariable}_FILE`] ? { [keyVariable]: randomBytes(32).toString('base64url') } : {};
  const served = await startDevApp({ root, app, env: { ...environmentOf(app, places, process.env), ...made }, log });
  for (const { name, url } of places) log(`${name} is served on ${url}; Ctrl-C stops it`);
  for (const [variable, key] of Object.entries(made)) log(`${variable}=${key} was made for this run; set the variable to keep one`);
  await aborted(stop);
  await served.stop();
  return 0;
}

/**
 * Services whose sources are watched run until they are stopped: a crash waits for the next change.
 * @param {Parameters<typeof startDevApp>[0]} options
 * @returns {Promise<import('../serve/services-keeper.mjs').Owned>}
 */
async function developServices(options) {
  const running = await startDevApp(options);
  const end = new AbortController();
  return {
    ended: aborted(end.signal),
    async stop() {
      await running.stop();
      end.abort();
    },
  };
}

/** @param {string} line */
function log(line) {
  process.stderr.write(`portico: ${line}\n`);
}
