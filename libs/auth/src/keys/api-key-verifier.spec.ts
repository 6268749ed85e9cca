import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller, PorticoError } from '@portico/core';
import { ManualClock, settle } from '@portico/core/testing';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newApiKey, type NewApiKey } from './api-key-format.js';
import type { ApiKeyRecord } from './api-key-record.js';
import type { ApiKeyStore } from './api-key-store.js';
import { ApiKeyVerifier, type ApiKeyRefusal } from './api-key-verifier.js';

vi.mock('node:crypto', async (load) => {
  const crypto = await load<typeof import('node:crypto')>();
  return { ...crypto, createHash: vi.fn(crypto.createHash), timingSafeEqual: vi.fn(crypto.timingSafeEqual) };
});

const address = '192.0.2.1';
const partner = { name: 'Acme', clientId: 'acme' };
const made: NewApiKey = newApiKey();
let clock: ManualClock;
let refusals: ApiKeyRefusal[];

beforeEach(() => {
  clock = new ManualClock();
  refusals = [];
});

const recordOf = (over: Partial<ApiKeyRecord> = {}): ApiKeyRecord => ({
  id: made.id,
  secretDigest: made.secretDigest,
  partner,
  scopes: ['shop.read'],
  slot: 'primary',
  notBeforeMs: clock.epochMs(),
  expiresAtMs: clock.epochMs() + 60_000,
  revokedAtMs: undefined,
  ...over,
});

function verifierOf(find: ApiKeyStore['find']): ApiKeyVerifier {
  return new ApiKeyVerifier({ find } as ApiKeyStore, { clock, onRefused: (refusal) => refusals.push(refusal) });
}
const knowing = (record: ApiKeyRecord = recordOf()): ApiKeyVerifier => verifierOf((id) => (id === record.id ? record : undefined));

function refusal(verifier: ApiKeyVerifier, field: string | string[], from = address): PorticoError {
  try {
    verifier.verify(field, from);
  } catch (error) {
    return error as PorticoError;
  }
  throw new Error('The key was taken');
}

const replaced = (text: string, at: number): string => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
const [firstWrong, lastWrong] = [replaced(made.text, made.text.indexOf('.') + 1), replaced(made.text, made.text.length - 1)];
const unknown = newApiKey().text;

describe('A good key', () => {
  it('stands for its application, never for a user, without a promise', () => {
    const caller = knowing().verify(made.text, address) as Caller;
    expect(caller).toMatchObject({ kind: 'client', id: 'acme', clientId: 'acme', claims: { client_id: 'acme', partner: 'Acme', api_key_id: made.id, scope: 'shop.read' } });
    expect([...caller.scopes]).toEqual(['shop.read']);
    expect(caller.key).toBe('api-key:4:acme:acme');
  });

  it('is the same frozen caller each time', () => {
    const verifier = knowing();
    const caller = verifier.verify(made.text, address) as Caller;
    expect(verifier.verify(made.text, address)).toBe(caller);
    expect([caller, caller.claims].every(Object.isFrozen)).toBe(true);
    expect(() => (caller.scopes as Set<string>).add('admin')).toThrow(TypeError);
  });

  it('is one caller with the other key of its partner', () => {
    const other = newApiKey();
    const keys = [(knowing().verify(made.text, address) as Caller).key, (knowing(recordOf({ id: other.id, secretDigest: other.secretDigest })).verify(other.text, address) as Caller).key];
    expect(new Set(keys).size).toBe(1);
  });

  it('ends at its very moment, and begins at its own', async () => {
    const verifier = knowing(recordOf({ notBeforeMs: clock.epochMs() + 1_000 }));
    expect(refusal(verifier, made.text).code).toBe('API_KEY_INVALID');
    await clock.advance(1_000);
    expect(verifier.verify(made.text, address)).toMatchObject({ id: 'acme' });
    await clock.advance(58_999);
    expect(verifier.verify(made.text, address)).toMatchObject({ id: 'acme' });
    await clock.advance(1);
    expect(refusal(verifier, made.text).code).toBe('API_KEY_INVALID');
    expect(refusals.map(({ reason }) => reason)).toEqual(['not-yet-valid', 'expired']);
  });
});

describe('A key that is not good', () => {
  it.each<[ApiKeyRefusal['reason'], string | string[], Partial<ApiKeyRecord>]>([
    ['malformed', 'bffk_unknown.secret', {}],
    ['malformed', [made.text, made.text], {}],
    ['unknown', unknown, {}],
    ['wrong-secret', firstWrong, {}],
    ['wrong-secret', lastWrong, {}],
    ['revoked', made.text, { revokedAtMs: 0 }],
    ['revoked', made.text, { revokedAtMs: Number.MAX_SAFE_INTEGER }],
    ['wrong-secret', firstWrong, { revokedAtMs: 0 }],
  ])('is refused as %s, which only the log learns: %s', (reason, field, over) => {
    const error = refusal(knowing(recordOf(over)), field);
    expect(error).toMatchObject({ code: 'API_KEY_INVALID', status: 401, detail: undefined, headers: { 'www-authenticate': 'ApiKey' } });
    expect(refusals.map((one) => one.reason)).toEqual([reason]);
    for (const text of [String(error.cause), JSON.stringify(refusals), error.message]) expect(text).not.toMatch(new RegExp([made.text, firstWrong, lastWrong, unknown].map((key) => key.slice(key.indexOf('.') + 1)).join('|')));
  });

  it('is another one when its last character is written otherwise for the same bytes', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = made.text.at(-1) as string;
    const same = made.text.slice(0, -1) + alphabet[alphabet.indexOf(last) ^ 1];
    expect(Buffer.from(same.slice(-43), 'base64url')).toEqual(Buffer.from(made.text.slice(-43), 'base64url'));
    expect(refusal(knowing(), same).code).toBe('API_KEY_INVALID');
  });

  it('costs the same whatever is wrong with it: one look, one digest, one compare in constant time over 32 bytes', () => {
    const work = (record: Partial<ApiKeyRecord>, field: string) => {
      let looks = 0;
      const known = recordOf(record);
      const verifier = verifierOf((id) => (looks++, id === known.id ? known : undefined));
      vi.mocked(createHash).mockClear();
      vi.mocked(timingSafeEqual).mockClear();
      refusal(verifier, field);
      const compares = vi.mocked(timingSafeEqual).mock.calls.map(([a, b]) => [a.byteLength, b.byteLength]);
      return { looks, digests: vi.mocked(createHash).mock.calls.length, compares };
    };
    const expected = { looks: 1, digests: 1, compares: [[32, 32]] };
    for (const field of [firstWrong, lastWrong, unknown]) expect(work({}, field)).toEqual(expected);
    for (const over of [{ revokedAtMs: 0 }, { expiresAtMs: 0 }, { notBeforeMs: Number.MAX_SAFE_INTEGER }]) expect(work(over, made.text)).toEqual(expected);
  });
});

describe('Too many wrong keys', () => {
  it('from one address block good ones from there too, for a minute, and from nowhere else', async () => {
    const verifier = knowing(recordOf({ expiresAtMs: Infinity }));
    const answers = Array.from({ length: 100 }, (_, index) => refusal(verifier, index % 2 ? unknown : 'bffk_unknown.secret'));
    expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(401), ...Array(80).fill(429)]);
    expect(answers[20]).toMatchObject({ code: 'LIMIT_EXCEEDED', headers: { 'retry-after': '60' } });
    expect(refusals).toHaveLength(20);
    expect(verifier.verify(made.text, '192.0.2.2')).toMatchObject({ id: 'acme' });
    expect(refusal(verifier, made.text)).toMatchObject({ status: 429 });
    await clock.advance(59_001);
    expect(refusal(verifier, made.text)).toMatchObject({ status: 429, headers: { 'retry-after': '1' } });
    await clock.advance(999);
    expect(verifier.verify(made.text, address)).toMatchObject({ id: 'acme' });
  });

  it('are not what good ones are, however many', () => {
    const verifier = knowing();
    for (let index = 0; index < 1_000; index++) verifier.verify(made.text, address);
    expect(refusal(verifier, unknown).status).toBe(401);
  });

  it('are noticed when all of them wait for a slow store at once, and the good one among them too late is refused', async () => {
    const known = recordOf();
    const waiting: (() => void)[] = [];
    const verifier = verifierOf((id) => new Promise((resolve) => waiting.push(() => resolve(id === known.id ? known : undefined))));
    const answers = [...Array.from({ length: 30 }, () => unknown), made.text].map((text) =>
      Promise.resolve(verifier.verify(text, address)).then(
        () => 200,
        ({ status }: PorticoError) => status,
      ),
    );
    for (const answer of waiting) answer();
    await settle();
    expect(await Promise.all(answers)).toEqual([...Array(20).fill(401), ...Array(11).fill(429)]);
  });
});
