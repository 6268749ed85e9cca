import { ManualClock } from '@portico/core/testing';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { eventSignature } from './event-signature.js';
import { PushEndpoint } from './push-endpoint.js';

const key = 'a-key-for-tests-that-is-long-enough';
const connectionString = `Endpoint=https://push.example/;AccessKey=${key};Version=1.0;`;

describe('a connection string', () => {
  it.each([
    ['', /Endpoint/],
    ['Endpoint=push.example;AccessKey=x;', /Endpoint/],
    ['Endpoint=https://push.example;AccessKey=short;', /at least 32 bytes/],
    [`Endpoint=https://push.example;AccessKey=${key};Version=2.0`, /Version/],
  ])('%j is refused', (text, words) => {
    expect(() => new PushEndpoint(text)).toThrow(words);
    expect(() => new PushEndpoint(text)).toThrow(TypeError);
  });

  it('may have its names in any case, and a key with the sign between name and value', () => {
    const padded = `${Buffer.from(key).toString('base64')}=`;
    expect(new PushEndpoint(`endpoint=https://push.example;accesskey=${padded}`).isFromPush({ 'x-asrs-connection-id': 'c', 'x-asrs-signature': eventSignature('c', [padded]) })).toBe(true);
  });
});

describe("a client's access", () => {
  const clock = new ManualClock();
  const clockTimestamp = clock.epochMs() / 1_000;
  const push = new PushEndpoint(connectionString, { clock });

  it('is the address of the hub and a token for it: of a user, with claims, for an hour', () => {
    const { url, accessToken } = push.clientAccess('shop', { userId: 'ann', claims: { role: 'reader' } });
    expect(url).toBe('https://push.example/client/?hub=shop');
    expect(jwt.verify(accessToken, key, { clockTimestamp })).toEqual({ aud: 'https://push.example/client/?hub=shop', nameid: 'ann', role: 'reader', iat: clockTimestamp, exp: clockTimestamp + 3_600 });
  });

  it('is what its options say, whatever the claims', () => {
    const { accessToken } = push.clientAccess('shop', { userId: 'ann', minutes: 5, closeAtEnd: true, claims: { nameid: 'bob', aud: 'elsewhere', exp: 1, iat: 1 } });
    expect(jwt.verify(accessToken, key, { clockTimestamp })).toEqual({ aud: 'https://push.example/client/?hub=shop', nameid: 'ann', 'asrs.s.coae': 'true', iat: clockTimestamp, exp: clockTimestamp + 300 });
  });
});

describe('an event', () => {
  const push = new PushEndpoint(connectionString);
  const headers = { 'x-asrs-connection-id': 'c', 'x-asrs-signature': eventSignature('c', ['another', key]) };

  it('is from the push service when one of its signatures is by the key', () => {
    expect(push.isFromPush(headers)).toBe(true);
  });

  it.each([
    ['no signature', { 'x-asrs-connection-id': 'c' }],
    ['that of another connection', { ...headers, 'x-asrs-connection-id': 'd' }],
    ['that of another key', { ...headers, 'x-asrs-signature': eventSignature('c', ['another']) }],
    ['what is none', { ...headers, 'x-asrs-signature': 'sha256=00,md5=,' }],
  ])('is not with %s', (_, given) => {
    expect(push.isFromPush(given)).toBe(false);
  });
});
