import type { Revocation } from './revocations.js';

/** A revocation as replicas tell it each other. */
export function revocationText(which: Revocation): string {
  return JSON.stringify(which);
}

/** What `revocationText` wrote; undefined for anything else, what a later version of this gateway may say for instance. */
export function readRevocation(text: string): Revocation | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { iss, sid, jti, sub, beforeEpochMs } = value as Record<string, unknown>;
  if (iss !== undefined && typeof iss !== 'string') return undefined;
  if (typeof sid === 'string') return { iss, sid };
  if (typeof jti === 'string') return { iss, jti };
  return typeof sub === 'string' && typeof beforeEpochMs === 'number' ? { iss, sub, beforeEpochMs } : undefined;
}
