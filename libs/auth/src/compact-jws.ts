/** The parts of a JWS in compact form (RFC 7515 7.1), still encoded. */
export interface CompactJws {
  readonly header: string;
  readonly payload: string;
  readonly signature: string;
}

const form = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/**
 * Takes a JWS apart.
 * @throws TypeError when it has not exactly three parts of base64url
 */
export function compactJws(text: string): CompactJws {
  const parts = form.exec(text);
  if (!parts) throw new TypeError('Not a JWS in compact form');
  const [, header, payload, signature] = parts as unknown as [string, string, string, string];
  return { header, payload, signature };
}

/**
 * The JSON object that a part of a JWS holds.
 * @throws TypeError or SyntaxError when it holds something else
 */
export function jwsObject(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('A part of the JWS is no object');
  return value as Record<string, unknown>;
}
