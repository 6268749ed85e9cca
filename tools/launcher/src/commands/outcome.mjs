import { isLaunchError } from '../launch-error.mjs';

/**
 * Turns the end of a command into an exit code, and prints why it failed. Once a stop was asked for, every end is a good one.
 * @param {() => Promise<number>} work
 * @param {AbortSignal} [stop]
 * @returns {Promise<number>}
 */
export async function outcome(work, stop) {
  try {
    return await work();
  } catch (error) {
    if (stop?.aborted) return 0;
    console.error(isLaunchError(error) ? `\n${error.message}` : error);
    return 1;
  }
}
