import { pairRatios, spread } from '../statistics.mjs';

/** @typedef {import('../run/run-push.mjs').Push} Push */
/** @typedef {import('../statistics.mjs').Spread} Spread */

/** @param {number} perTick */
const windowOf = (perTick) => (/** @type {Push} */ { windows }) => /** @type {Push['windows'][number]} */ (windows.find((window) => window.perTick === perTick));
const [one, four] = [windowOf(1), windowOf(4)];

/** What is compared of a push server, by the name of its ratio; and what of it is shown. @type {Record<string, { figure: string, read: (push: Push) => number }>} */
const measures = {
  push_memory_vs_socketio: { figure: 'push_memory_kb', read: ({ memoryKb }) => memoryKb },
  push_cpu_vs_socketio_1: { figure: 'push_cpu_us_1', read: (push) => one(push).cpuMicros },
  push_cpu_vs_socketio_4: { figure: 'push_cpu_us_4', read: (push) => four(push).cpuMicros },
  push_p99_vs_socketio: { figure: 'push_p99_ms', read: (push) => one(push).p99Ms },
};

/** @param {readonly Push[]} pushes @returns {Record<string, Spread>} none where one of the two was not measured */
export function pushRatios(pushes) {
  const [own, others] = ['portico-push', 'socketio'].map((name) => pushes.filter(({ system }) => system === name));
  if (!own?.length || !others?.length) return {};
  return Object.fromEntries(Object.entries(measures).map(([key, { read }]) => [key, spread(pairRatios(own.map(read), others.map(read)))]));
}

/** @param {readonly Push[]} pushes @returns {Record<string, Spread>} keyed like `push_memory_kb_portico_push` */
export const pushFigures = (pushes) =>
  Object.fromEntries(
    [...new Set(pushes.map(({ system }) => system))].flatMap((name) => {
      const own = pushes.filter(({ system }) => system === name);
      return Object.values(measures).map(({ figure, read }) => [`${figure}_${name.replaceAll('-', '_')}`, spread(own.map(read))]);
    }),
  );
