import { priceChange } from '../../services/price-change.mjs';

/** A call of `price` as a client got it. @typedef {{ sequence: number, atMicros: number }} Delivery */

/**
 * Reads deliveries and checks them to the last character, without parsing JSON: the load generator must not become the slower side.
 * @param {readonly [before: string, after: string]} call what stands around the argument
 * @returns {(text: string) => Delivery | undefined} undefined for anything else than exactly this call
 */
export function deliveryReader([before, after]) {
  // What changes are the two numbers; what stands around them does not.
  const [first = '', between = '', last = ''] = JSON.stringify(priceChange(1, 1)).split(/(?<=:)1(?=,)/);
  const [head, tail] = [before + first, last + after];
  return (text) => {
    if (!text.startsWith(head) || !text.endsWith(tail)) return undefined;
    const middle = text.indexOf(between, head.length);
    const sequence = Number(text.slice(head.length, middle));
    const atMicros = Number(text.slice(middle + between.length, text.length - tail.length));
    return middle > 0 && Number.isInteger(sequence) && Number.isInteger(atMicros) ? { sequence, atMicros } : undefined;
  };
}
