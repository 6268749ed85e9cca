import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './root.mjs';

const testbed = join(root, 'tools/testbed/src/main.mjs');

/**
 * An engine of Docker, and how its clients find it.
 * @typedef {{ readonly env: NodeJS.ProcessEnv, close(): Promise<void> }} Engine
 */

/** Whether an engine runs, or can be run. */
export function hasEngine() {
  return spawnSync(process.execPath, [testbed, 'has', 'docker'], { stdio: 'ignore' }).status === 0;
}

/**
 * The engine that runs already, which gets its images as it always does; else one of the testbed, with the base images made here.
 * @returns {Promise<Engine>}
 * @throws {Error} when there is none, or it does not come up
 */
export async function startEngine() {
  if (!hasEngine()) throw new Error('Docker is missing; to enable: node tools/testbed/src/main.mjs provide docker');
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0) return { env: process.env, close: async () => {} };
  const child = fork(testbed, ['run', 'docker'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const [told] = await once(child, 'message');
  if (told.error !== undefined) throw new Error(told.error);
  const engine = {
    env: { ...process.env, ...told.environment },
    close: async () => {
      child.disconnect();
      await once(child, 'exit');
    },
  };
  const made = spawnSync(process.execPath, [testbed, 'images'], { env: engine.env, encoding: 'utf8' });
  if (made.status === 0) return engine;
  await engine.close();
  throw new Error(`The base images could not be made: ${made.stderr}`);
}
