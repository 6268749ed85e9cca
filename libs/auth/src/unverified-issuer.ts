const longestRead = 16_384;

/**
 * Whom a token names as its issuer, before anything about it is verified: good for choosing who verifies it, and for nothing else.
 * Undefined where it names none that can be read.
 */
export function unverifiedIssuer(token: string): string | undefined {
  const start = token.indexOf('.') + 1;
  const end = token.indexOf('.', start);
  if (start === 0 || end < 0 || token.length > longestRead) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.slice(start, end), 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !Object.hasOwn(claims, 'iss')) return undefined;
    const { iss } = claims as { readonly iss: unknown };
    return typeof iss === 'string' ? iss : undefined;
  } catch {
    return undefined;
  }
}
