import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { logoutRevocation } from './logout-revocation.js';
import { MemoryRevocations } from './memory-revocations.js';
import type { Revocation } from './revocations.js';

const iss = 'https://idp.example';
let clock: ManualClock;
let revocations: MemoryRevocations;

beforeEach(() => {
  clock = new ManualClock();
  revocations = new MemoryRevocations({ clock, keepMs: 60_000 });
});

const nowS = () => clock.epochMs() / 1_000;
const claims = (over: Record<string, unknown> = {}) => ({ iss, sid: 's-1', jti: 'j-1', sub: 'alice', iat: nowS(), ...over });

describe('MemoryRevocations', () => {
  const cases: [string, Revocation, Record<string, unknown>][] = [
    ['of a session', { sid: 's-1' }, { sid: 's-2' }],
    ['of a session of one issuer', { iss, sid: 's-1' }, { iss: 'https://other.example' }],
    ['with one id', { iss, jti: 'j-1' }, { jti: 'j-2' }],
    ['of a session whose id another one could seem to have', { iss: '', sid: 's-1' }, { iss: '1:s', sid: '-1' }],
  ];
  it.each(cases)('end the tokens %s, and no others', (_name, which, other) => {
    expect(revocations.isRevoked(claims())).toBe(false);
    revocations.revoke(which);
    expect(revocations.isRevoked(claims())).toBe(true);
    expect(revocations.isRevoked(claims(other))).toBe(false);
  });

  it('end the tokens that a user was issued up to a moment', async () => {
    revocations.revoke({ iss, sub: 'alice', beforeEpochMs: clock.epochMs() });
    expect(revocations.isRevoked(claims({ iat: nowS() }))).toBe(true);
    expect(revocations.isRevoked(claims({ iat: nowS() + 1 }))).toBe(false);
    expect(revocations.isRevoked(claims({ iat: undefined }))).toBe(true);
    expect(revocations.isRevoked(claims({ sub: 'bob' }))).toBe(false);
  });

  it('never move that moment back', async () => {
    const old = claims();
    revocations.revoke({ sub: 'alice', beforeEpochMs: clock.epochMs() });
    await clock.advance(1_000);
    revocations.revoke({ sub: 'alice', beforeEpochMs: 0 });
    expect(revocations.isRevoked(old)).toBe(true);
  });

  it('change their version when something is revoked, and not when it was known', () => {
    const versions = [revocations.version];
    revocations.add({ sid: 's-1' }, clock.epochMs() + 1_000);
    versions.push(revocations.version);
    revocations.add({ sid: 's-1' }, clock.epochMs() + 1_000);
    versions.push(revocations.version);
    expect(new Set(versions).size).toBe(2);
    expect(versions[1]).toBe(versions[2]);
  });

  it('are kept for the longest life of a token, and not much longer', async () => {
    revocations.revoke({ sid: 's-1' });
    await clock.advance(59_999);
    expect(revocations.isRevoked(claims())).toBe(true);
    await clock.advance(1);
    revocations.revoke({ sid: 's-2' });
    expect(revocations.size).toBe(1);
  });

  it('take no claim that is no text for one', () => {
    revocations.revoke({ sid: '1' });
    revocations.revoke({ sid: 'undefined' });
    expect(revocations.isRevoked(claims({ sid: 1 }))).toBe(false);
    expect(revocations.isRevoked(claims({ sid: undefined }))).toBe(false);
  });
});

describe('A logout', () => {
  it('revokes its session, or without one everything of the user until now', () => {
    expect(logoutRevocation({ sid: 's', sub: 'alice' }, iss, 7)).toEqual({ iss, sid: 's' });
    expect(logoutRevocation({ sub: 'alice' }, iss, 7)).toEqual({ iss, sub: 'alice', beforeEpochMs: 7 });
  });
});
