/** Fields of one connection (RFC 9110 7.6.1), and Host, which the pool writes. */
const hopByHop = new Set(['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'proxy-authenticate', 'proxy-authorization', 'host']);

/**
 * Header fields as they are passed on.
 * @param {readonly string[] | readonly Buffer[]} raw names and values in turn
 * @returns {string[]}
 */
export function passedOn(raw) {
  /** @type {string[]} */
  const fields = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = String(raw[index]);
    if (!hopByHop.has(name.toLowerCase())) fields.push(name, String(raw[index + 1]));
  }
  return fields;
}
