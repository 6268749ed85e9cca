// Starts the app once while its image is made, so that what Node.js compiles then (`NODE_COMPILE_CACHE`) need not be compiled at each start of a container.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** An app that says nothing for so long has loaded all that it loads. */
const patienceMs = 10_000;
/** Time in which what is loaded just after the start has come. */
const settleMs = 1_000;

const app = spawn(process.execPath, ['/app/dist/main.mjs'], { stdio: ['ignore', 'pipe', 'pipe'] });
const said = Promise.race([once(app.stdout, 'data'), once(app.stderr, 'data'), new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
// One that lacks a setting ends by itself; its code has been compiled all the same.
await Promise.race([once(app, 'exit'), said.then(() => new Promise((resolve) => setTimeout(resolve, settleMs)))]);
if (app.exitCode === null) {
  app.kill('SIGTERM');
  await once(app, 'exit');
}
