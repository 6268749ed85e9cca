/** Clients of a push server, and ticks of a window in which it sends. @typedef {{ clients: number, groupSize: number, tickMs: number, ticks: number }} PushLoad */

/** How many messages are sent within a tick: what leaves together may share a write. */
export const perTicks = [1, 4];

/** Slow enough for all systems to be done before the next tick. */
const tickMs = 200;

/**
 * @param {Pick<import('../options.mjs').BenchOptions, 'seconds' | 'quick'>} options
 * @returns {PushLoad} with an even number of ticks, as many to everybody as to groups
 */
export const pushLoad = ({ seconds, quick }) => ({
  clients: quick ? 200 : 2_000,
  groupSize: quick ? 10 : 100,
  tickMs,
  ticks: Math.max(1, Math.round((seconds * 1_000) / tickMs / 2)) * 2,
});
