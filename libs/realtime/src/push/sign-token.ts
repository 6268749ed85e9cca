import type { Clock } from '@portico/core';
import jwt from 'jsonwebtoken';

/** Claims of a token, by name (RFC 7519). */
export type ClaimSet = Readonly<Record<string, unknown>>;

export interface SignTokenOptions {
  readonly accessKey: string;
  /** What the token is good for: the address that is asked. */
  readonly audience: string;
  readonly lifeS: number;
  readonly clock: Clock;
}

/** A token for the push service: a JWT by HS256. `claims` cannot change what it is good for, nor how long. */
export function signToken(claims: ClaimSet, { accessKey, audience, lifeS, clock }: SignTokenOptions): string {
  const nowS = Math.floor(clock.epochMs() / 1_000);
  return jwt.sign({ ...claims, aud: audience, iat: nowS, exp: nowS + lifeS }, accessKey, { algorithm: 'HS256' });
}
