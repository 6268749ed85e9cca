/** Sends within one tick of the event loop, to the same clients; numbered on from `first`. @typedef {{ to: string, first: number, count: number }} PushTick */

/** Name of the target that every client belongs to. */
export const everybody = 'all';

/** @param {number} index */
export const groupName = (index) => `group-${index}`;

/**
 * Every other tick is for everybody; those between are for one group each, in turn.
 * @param {{ first: number, ticks: number, perTick: number, groups: number }} window
 * @returns {PushTick[]}
 */
export const pushTicks = ({ first, ticks, perTick, groups }) =>
  Array.from({ length: ticks }, (_, index) => ({
    to: index % 2 === 0 ? everybody : groupName(Math.floor(index / 2) % groups),
    first: first + index * perTick,
    count: perTick,
  }));

/**
 * Numbers of the messages that each client of a group has to get, in their order.
 * @param {readonly PushTick[]} ticks
 * @param {string} group
 * @returns {number[]}
 */
export const numbersFor = (ticks, group) =>
  ticks.filter(({ to }) => to === everybody || to === group).flatMap(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
