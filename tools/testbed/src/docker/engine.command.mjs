import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { clientEnvironment, engineFolder, engineSocket } from './docker-places.mjs';
import { findEngine, hasEngine } from './provide-docker.mjs';

const patienceMs = 60_000;
const askAgainMs = 100;

/**
 * Runs an engine of Docker beside whatever the machine has, until it is interrupted, and says how its clients find it. What it has made outlives it, and is used again.
 * A parent process that opened a channel hears `{ environment }` or `{ error }`, and takes the engine with it when it ends.
 * @returns {Promise<number>}
 */
export async function runEngine() {
  const program = findEngine();
  if (program === undefined || !hasEngine()) {
    console.error('docker is missing: run `node tools/testbed/src/main.mjs provide docker`.');
    return 1;
  }
  await mkdir(engineFolder, { recursive: true });
  await rm(engineSocket, { force: true });
  const places = ['--data-root', join(engineFolder, 'data'), '--exec-root', join(engineFolder, 'exec'), '--pidfile', join(engineFolder, 'pid')];
  const engine = spawn(program, [...places, '--host', `unix://${engineSocket}`, '--storage-driver', 'overlay2', '--log-level', 'warn'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [engine.stdout, engine.stderr]) stream.on('data', (chunk) => (output = (output + chunk).slice(-4_000)));
  const gone = new Promise((resolve) => engine.once('exit', resolve).once('error', resolve));
  const stop = new Promise((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => resolve(0));
  });
  const end = Date.now() + patienceMs;
  while (engine.exitCode === null && engine.pid !== undefined && !existsSync(engineSocket) && Date.now() < end) await wait(askAgainMs);
  if (!existsSync(engineSocket)) {
    const error = `The engine did not come up:\n${output}`;
    console.error(error);
    process.send?.({ error });
    engine.kill('SIGKILL');
    return 1;
  }
  console.log(Object.entries(clientEnvironment).map(([name, value]) => `export ${name}=${value}`).join('\n'));
  process.send?.({ environment: clientEnvironment });
  const code = await Promise.race([stop, gone.then(() => 1)]);
  engine.kill('SIGTERM');
  await gone;
  return code;
}
