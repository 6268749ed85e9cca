import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Child, describeExit } from '../run/child.mjs';
import { LogFile } from '../run/log-file.mjs';
import { buildOnce, devEntry } from './dev-build.mjs';

/** A quick end: the next terminal takes over at once, and mock services hold nothing worth a farewell. */
const patienceMs = 1_000;

/**
 * Runs the services for whoever owns them: the bundle at hand first, and the fresh one as soon as it is there.
 * @param {{ root: string, app: import('../topology.mjs').App, env: NodeJS.ProcessEnv, log: (line: string) => void }} options
 * @returns {Promise<import('./services-keeper.mjs').Owned>}
 */
export async function ownServices({ root, app, env, log }) {
  const folder = join(root, app.folder);
  const entry = join(folder, devEntry);
  const atHand = existsSync(entry);
  if (!atHand) await buildOnce(folder);

  const logFile = new LogFile(root, app.project);
  const launch = () => new Child({ name: app.project, entry, cwd: root, env, output: logFile.descriptor });
  let child = launch();
  let stopping = false;
  log(`${app.project} run in this terminal; their log is ${logFile.path}`);

  const renewed = atHand ? renew() : Promise.resolve();
  const ended = renewed.then(async () => {
    const exit = await child.exited;
    if (!stopping) log(`${app.project} stopped (${describeExit(exit)}). Their last lines:\n${logFile.lastLines()}`);
    logFile.close();
  });
  return {
    ended,
    async stop() {
      stopping = true;
      await child.stop(patienceMs);
      await ended;
    },
  };

  async function renew() {
    try {
      if (!(await buildOnce(folder)) || stopping || !child.running) return;
    } catch (error) {
      log(`${app.project} do not build; the last good ones stay up.\n${error instanceof Error ? error.message : error}`);
      return;
    }
    await child.stop(patienceMs);
    if (!stopping) child = launch();
  }
}
