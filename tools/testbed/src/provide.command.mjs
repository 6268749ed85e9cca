import { servers } from './servers.mjs';

/**
 * Provides each of the servers that is not there yet.
 * @param {readonly string[]} names
 * @returns {Promise<number>} 1 when one could not be had; the others are provided all the same
 */
export async function provide(names) {
  let code = 0;
  for (const name of names) {
    const server = servers[name];
    if (!server) continue;
    if (server.isProvided()) {
      console.log(`${name}: there already`);
      continue;
    }
    const begun = Date.now();
    try {
      await server.provide();
      console.log(`${name}: provided in ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
      code = 1;
    }
  }
  return code;
}
