import { join } from 'node:path';
import { assertEdgeInstalled, behindEdge, edge, edgeAddresses, prepareEdge } from '../edge/edge.mjs';
import { LaunchError } from '../launch-error.mjs';
import { choosePlaces, environmentOf } from '../places.mjs';
import { assertPortsFree } from '../ports.mjs';
import { addressTable, firstCalls } from '../print/addresses.mjs';
import { duration } from '../print/duration.mjs';
import { Progress } from '../print/progress.mjs';
import { Fleet } from '../run/fleet.mjs';
import { logFolder } from '../run/log-file.mjs';
import { waitUntilReady } from '../run/readiness.mjs';
import { aborted, stopSignal } from '../run/stop-signal.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { builtEntry, topology as portico } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * @typedef {object} StartOptions
 * @property {string} root
 * @property {import('../topology.mjs').Topology} topology
 * @property {(progress: Progress, stop: AbortSignal) => Promise<void>} prepare makes the bundles
 * @property {readonly string[]} [args] `--edge` also runs the edge before the BFFs
 */

/** `npm start`: everything, until Ctrl-C. @param {readonly string[]} args as in `StartOptions` */
export function run(args) {
  const projects = [portico.services, ...portico.gateways].map(({ project }) => project);
  return start({
    root: workspaceRoot,
    topology: portico,
    args,
    prepare: async (progress, stop) => {
      await prepareInstalled(workspaceRoot, progress, stop);
      await prepareBuilt(workspaceRoot, projects, progress, stop);
    },
  });
}

/**
 * Prepares, starts and watches over the apps of a topology.
 * @param {StartOptions} options
 * @returns {Promise<number>} exit code: 0 when it was asked to stop, 1 otherwise
 */
export async function start({ root, topology, prepare, args = [] }) {
  const startedAt = performance.now();
  const stop = stopSignal();
  const fleet = new Fleet(root);
  const progress = new Progress(process.stdout);
  const apps = [topology.services, ...topology.gateways];
  const code = await outcome(async () => {
    progress.heading('Starting Portico');
    const unknown = args.find((arg) => arg !== '--edge');
    if (unknown !== undefined) throw new LaunchError(`npm start knows no ${unknown}: it takes --edge.`);
    const withEdge = args.length > 0;
    if (withEdge) assertEdgeInstalled(process.env);
    const places = choosePlaces(withEdge ? [...apps, edge] : apps, process.env);
    await assertPortsFree(places);
    await prepare(progress, stop);
    if (stop.aborted) return 0;
    for (const app of apps) {
      const env = { ...(withEdge && behindEdge(app.project, places)), ...process.env };
      fleet.launch({ name: app.project, entry: join(root, app.folder, builtEntry), cwd: root, env: environmentOf(app, places, env) });
    }
    if (withEdge) {
      const { entry, env } = prepareEdge(root, places);
      fleet.launch({ name: edge.project, entry, cwd: root, env: { ...process.env, ...env } });
    }
    const probed = places.filter(({ readyPath }) => readyPath !== '');
    const end = AbortSignal.any([stop, fleet.lost]);
    await progress.step('Waiting until all answer', (note) => waitUntilReady(probed, { stop: end, note }));
    const gateways = places.filter(({ name }) => topology.gateways.some(({ endpoints }) => endpoints.some((endpoint) => endpoint.name === name)));
    const services = places.filter((place) => !gateways.includes(place) && !edge.endpoints.some(({ name }) => name === place.name));
    progress.heading(`Portico is up (${duration(performance.now() - startedAt)})`);
    progress.line(`\n${addressTable([...gateways, ...services])}\n\n${firstCalls(gateways)}\n\n${withEdge ? `${edgeAddresses(places)}\n\n` : ''}Logs: ${logFolder}/<name>.log. Ctrl-C stops everything.`);
    await aborted(end);
    fleet.lost.throwIfAborted();
    return 0;
  }, stop);
  if (stop.aborted) progress.line('\nStopping …');
  await fleet.stop();
  if (stop.aborted) progress.line('Portico has stopped.');
  return code;
}
