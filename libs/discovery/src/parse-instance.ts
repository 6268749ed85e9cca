import type { Instance } from './instance.js';

const pattern = /^((?:http|ws)s?:\/\/[^\s/\\][^\s\\]*)(?:\s+weight=(\S+))?$/i;

/**
 * Reads `<origin>` or `<origin> weight=<number>`, as `http://b:2 weight=3`.
 * `ws` and `wss` stand for `http` and `https`, for a WebSocket begins as a request.
 * The result is an instance, or a sentence that says what is wrong: the address must be an http or https origin without credentials, path or query,
 * the weight a whole number from 1 to 1000.
 */
export function parseInstance(text: string): Instance | string {
  const [, address, weightText = '1'] = pattern.exec(text.trim()) ?? [];
  if (address === undefined) return `"${text}" is not an http or https origin with an optional weight=<number> after it`;
  const written = address.replace(/^ws/i, 'http');
  const url = URL.canParse(written) ? new URL(written) : undefined;
  if (!url || url.port === '0') return `"${text}" has no valid host and port`;
  // Compared as a whole: piece by piece an empty query or fragment would go unseen.
  if (url.href !== `${url.origin}/`) return `"${url.username || url.password ? '(hidden)' : text}" must have no credentials, path, query or fragment`;
  const weight = Number(weightText);
  if (!Number.isInteger(weight) || weight < 1 || weight > 1_000) return `"${text}" must have a weight that is a whole number from 1 to 1000`;
  return { id: url.origin, origin: url.origin, weight };
}
