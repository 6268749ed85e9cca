/** Which of the three a revocation names, and of whom. */
interface Named {
  readonly iss?: unknown;
  readonly sid?: string;
  readonly jti?: string;
  readonly sub?: string;
}

/** Tells revocations apart: by what they name and by issuer, whose name comes first with its length, so that no text can pass for another's. */
export function revocationKey({ iss, sid, jti, sub }: Named): string {
  const issuer = typeof iss === 'string' ? iss : '';
  const [kind, value] = sid !== undefined ? ['sid', sid] : jti !== undefined ? ['jti', jti] : ['sub', sub];
  return `${kind}:${issuer.length}:${issuer}:${value}`;
}
