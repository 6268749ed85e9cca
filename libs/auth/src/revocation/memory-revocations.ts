import type { Clock } from '@portico/core';
import { revocationKey } from './revocation-key.js';
import type { Revocation, Revocations } from './revocations.js';

export interface MemoryRevocationsOptions {
  readonly clock: Clock;
  /** The longest time for which a token can be valid, in ms; a day and a minute by default, which is what a verifier takes by default and more than clocks differ. */
  readonly keepMs?: number | undefined;
}

interface Kept {
  /** Tokens issued up to then are over, in ms since the Unix epoch; Infinity for all. */
  readonly beforeEpochMs: number;
  /** When it may be forgotten, in ms since the Unix epoch. */
  readonly endsAtMs: number;
}

const defaultKeepMs = 86_460_000;

/**
 * Revocations of this process. Memory grows with what is revoked within `keepMs`: nothing is forgotten before, for that would make tokens valid again.
 * What was revoked before a restart is lost.
 */
export class MemoryRevocations implements Revocations {
  readonly #clock: Clock;
  /** How long a revocation is kept, in ms. */
  readonly keepMs: number;
  /** In the order in which they came, which is nearly that in which they end. */
  readonly #kept = new Map<string, Kept>();
  #version = 0;

  constructor({ clock, keepMs = defaultKeepMs }: MemoryRevocationsOptions) {
    this.#clock = clock;
    this.keepMs = keepMs;
  }

  get version(): number {
    return this.#version;
  }

  /** Number of revocations that are kept. */
  get size(): number {
    return this.#kept.size;
  }

  isRevoked({ iss, sid, jti, sub, iat }: Readonly<Record<string, unknown>>): boolean {
    if (this.#kept.size === 0) return false;
    const issuedMs = typeof iat === 'number' ? iat * 1_000 : -Infinity;
    for (const issuer of [iss, undefined]) {
      if (this.#ends('sid', issuer, sid, issuedMs) || this.#ends('jti', issuer, jti, issuedMs) || this.#ends('sub', issuer, sub, issuedMs)) return true;
    }
    return false;
  }

  revoke(which: Revocation): void {
    this.add(which, this.#clock.epochMs() + this.keepMs);
  }

  /** Adds what somebody has revoked, to be kept until `endsAtMs` in ms since the Unix epoch. */
  add(which: Revocation, endsAtMs: number): void {
    this.#forgetEnded();
    const key = revocationKey(which);
    const known = this.#kept.get(key);
    const beforeEpochMs = 'sub' in which ? which.beforeEpochMs : Infinity;
    if (known && known.beforeEpochMs >= beforeEpochMs && known.endsAtMs >= endsAtMs) return;
    this.#kept.delete(key);
    this.#kept.set(key, { beforeEpochMs: Math.max(beforeEpochMs, known?.beforeEpochMs ?? -Infinity), endsAtMs: Math.max(endsAtMs, known?.endsAtMs ?? -Infinity) });
    this.#version++;
  }

  #ends(kind: 'sid' | 'jti' | 'sub', iss: unknown, value: unknown, issuedMs: number): boolean {
    if (typeof value !== 'string') return false;
    const kept = this.#kept.get(revocationKey({ iss, [kind]: value }));
    return kept !== undefined && issuedMs <= kept.beforeEpochMs;
  }

  #forgetEnded(): void {
    const nowMs = this.#clock.epochMs();
    for (const [key, { endsAtMs }] of this.#kept) {
      if (endsAtMs > nowMs) return;
      this.#kept.delete(key);
    }
  }
}
