/**
 * What the clients of one window have yet to get: every message of theirs once, in its order.
 * @typedef {object} Expected
 * @property {(client: number, sequence: number) => void} take notes a delivery; throws for one that is not the next of this client
 * @property {number} total
 * @property {() => number} missing
 */

/**
 * @param {readonly (readonly number[])[]} numbers of the messages, by client
 * @returns {Expected}
 */
export function expectedDeliveries(numbers) {
  const taken = new Uint32Array(numbers.length);
  const total = numbers.reduce((sum, { length }) => sum + length, 0);
  let missing = total;
  return {
    take: (client, sequence) => {
      const index = taken[client] ?? 0;
      const next = numbers[client]?.[index];
      if (sequence !== next) throw new Error(`client ${client} got message ${sequence} where ${next === undefined ? 'nothing more' : `message ${next}`} was due`);
      taken[client] = index + 1;
      missing -= 1;
    },
    total,
    missing: () => missing,
  };
}
