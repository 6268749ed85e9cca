/** A part of a JWT as text: base64url of its JSON (RFC 7515, 2). */
export const encodePart = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The object in a part of a JWT, not yet trusted. Throws a `SyntaxError` for what is no JSON object. */
export function decodePart(part: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new SyntaxError('not a JSON object');
  return value as Record<string, unknown>;
}
