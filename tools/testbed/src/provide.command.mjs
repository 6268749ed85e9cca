/**
 * Provides each of the named servers and programs that is not there yet.
 * @param {Readonly<Record<string, { isProvided: () => boolean, provide: () => Promise<void> }>>} known
 * @param {readonly string[]} names
 * @returns {Promise<number>} 1 when one could not be had; the others are provided all the same
 */
export async function provide(known, names) {
  let code = 0;
  for (const name of names) {
    const wanted = known[name];
    if (!wanted) continue;
    if (wanted.isProvided()) {
      console.log(`${name}: there already`);
      continue;
    }
    const begun = Date.now();
    try {
      await wanted.provide();
      console.log(`${name}: provided in ${((Date.now() - begun) / 1_000).toFixed(1)} s`);
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
      code = 1;
    }
  }
  return code;
}
