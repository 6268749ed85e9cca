import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

// Nobody knows a text with this digest.
const nobody = randomBytes(32);

/** SHA-256 of a secret as it is written, so that another spelling of the same bytes is another secret. 256 random bits need no salt and no slow hash. */
export function secretDigest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Whether `digest` is that of `secret`, in constant time. Without a digest the same work is done, and the answer is no: an id that nobody has costs as much as a wrong secret. */
export function secretMatches(secret: string, digest: Buffer | undefined): boolean {
  const equal = timingSafeEqual(secretDigest(secret), digest ?? nobody);
  return equal && digest !== undefined;
}
