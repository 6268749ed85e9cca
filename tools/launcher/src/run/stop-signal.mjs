import { watchRunners } from './ancestors.mjs';

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP, or when the npm or Nx that started this process was killed.
 * Later signals are not heard: Ctrl-C under npm arrives twice.
 * @returns {AbortSignal}
 */
export function stopSignal() {
  const controller = new AbortController();
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => controller.abort());
  watchRunners(() => controller.abort());
  return controller.signal;
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<void>} fulfilled once it is aborted
 */
export function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
