import { ServerProcess } from './run/server-process.mjs';
import { servers } from './servers.mjs';

/**
 * Runs a server and says where it answers. A parent process that opened a channel tells `kill` and `start` over it, hears `{ origin }`, `{ killed }` or `{ error }`
 * each time, and takes the server with it when it ends.
 * @param {string} name
 * @returns {Promise<number>}
 */
export async function run(name) {
  const server = servers[name];
  if (!server?.isProvided()) {
    console.error(`${name} is missing: run \`node tools/testbed/src/main.mjs provide ${name}\`.`);
    return 1;
  }
  const running = new ServerProcess(server.launch);
  /** @param {object} message */
  const tell = (message) => process.send?.(message);
  const start = async () => {
    try {
      const origin = await running.start();
      console.log(`${name} ${origin}`);
      tell({ origin });
    } catch (error) {
      console.error(/** @type {Error} */ (error).message);
      tell({ error: /** @type {Error} */ (error).message });
    }
  };
  process.on('message', async (message) => {
    if (message === 'start') return start();
    await running.kill();
    tell({ killed: true });
  });
  const ended = new Promise((resolve) => {
    for (const event of ['SIGINT', 'SIGTERM', 'disconnect']) process.once(event, () => resolve(0));
  });
  await start();
  await ended;
  await running.dispose();
  // The channel to the parent would keep it alive.
  process.exit(0);
}
