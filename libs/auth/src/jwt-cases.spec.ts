import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { BearerBff } from '../test/bearer-bff.js';
import { startCountingListener, type CountingListener } from '../test/counting-listener.js';
import { fetchJson, LittleIssuer, newKey, signToken } from '../test/little-issuer.js';
import { hmacToken, rawToken } from '../test/raw-token.js';
import { logoutRevocation, LogoutTokenVerifier, MemoryReplayStore, MemoryRevocations } from './index.js';

type Members = Record<string, unknown>;

const key = newKey('idp-1');
const nextKey = newKey('B');
const evil = newKey('evil');
const sameId = newKey('idp-1');

let issuer: LittleIssuer;
let stranger: CountingListener;
let clock: ManualClock;
let bff: BearerBff;

beforeAll(async () => {
  issuer = await LittleIssuer.start(key);
  stranger = await startCountingListener();
});
afterAll(async () => {
  await issuer.stop();
  await stranger.close();
});
beforeEach(() => {
  issuer.keys = [key];
  issuer.down = false;
  clock = new ManualClock();
  bff = new BearerBff({ issuer, clock });
});

const nowS = () => clock.epochMs() / 1_000;
const claims = (over: Members = {}): Members => ({ ...issuer.claims('bff', clock.epochMs()), exp: nowS() + 60, ...over });
const token = (over: Members = {}, header: Members = {}, signer = key) => signToken(signer, header, claims(over));
const usualHeader = JSON.stringify({ alg: 'RS256', typ: 'at+jwt', kid: key.kid });

describe('An access token', () => {
  it('JWT-001 that is valid is served', async () => {
    expect(await bff.bearer(token())).toMatchObject({ status: 200, caller: { id: 'alice' } });
  });

  const refused: [string, () => string][] = [
    ['JWT-003 with alg none and an empty signature', () => token({}, { alg: 'none' })],
    ['JWT-005 with alg NONE', () => token({}, { alg: 'NONE' })],
    ['JWT-007 whose payload was changed under its signature', () => withPayload(token(), JSON.stringify(claims({ sub: 'admin' })))],
    ['JWT-009 with HS256 by the published key as JWK', () => hmacToken(JSON.stringify(key.publicKey.export({ format: 'jwk' })), JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid: key.kid }), JSON.stringify(claims()))],
    ['JWT-011 for another BFF', () => token({ aud: 'other-bff' })],
    ['JWT-014 whose audience begins like ours', () => token({ aud: 'bff/x' })],
    ['JWT-016 whose issuer has a trailing slash', () => token({ iss: `${issuer.url}/` })],
    ['JWT-018 that has expired', () => token({ iat: nowS() - 120, exp: nowS() - 60 })],
    ['JWT-020 whose exp is a text', () => token({ exp: '9999999999' })],
    ['JWT-022 that was issued far in the future', () => token({ iat: nowS() + 36_000, exp: nowS() + 36_600 })],
    ['JWT-027 whose kid is 8 KiB long', () => token({}, { kid: 'a'.repeat(8_192) })],
    ['JWT-027 whose kid is a path', () => token({}, { kid: '../../../../dev/null' })],
    ['JWT-027 whose kid is SQL', () => token({}, { kid: "x' UNION SELECT 'k" })],
    ['JWT-033 that names a certificate elsewhere by x5u', () => token({}, { x5u: `${stranger.origin}/c.pem`, kid: 'evil' }, evil)],
    ['JWT-033 that names a certificate elsewhere and a known key', () => token({}, { x5u: `${stranger.origin}/c.pem` })],
    ['JWT-033 that names keys elsewhere by jku', () => token({}, { jku: `${stranger.origin}/keys` }, evil)],
    ['JWT-035 that brings its certificate in x5c', () => token({}, { x5c: [evil.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')], kid: key.kid }, evil)],
    ['JWT-037 with crit b64', () => token({}, { crit: ['b64'], b64: false })],
    ['JWT-039 that is a logout token', () => token({}, { typ: 'logout+jwt' })],
    ['JWT-041 without sub', () => token({ sub: null })],
    ['JWT-048 with padding behind it', () => `${token()}=`],
    ['JWT-050 that is encrypted', () => `${Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url')}.AA.AA.AA.AA`],
    ['JWT-052 whose header would inherit its kid', () => rawToken(key, '{"alg":"RS256","typ":"at+jwt","__proto__":{"kid":"idp-1"}}', JSON.stringify(claims()))],
    ['JWT-052 whose claims would inherit a scope', () => rawToken(key, usualHeader, JSON.stringify(claims({ scope: undefined })).replace('{', '{"__proto__":{"scope":"shop.read"},'))],
    ['JWT-052 signed by a stranger under a known kid', () => token({}, {}, sameId)],
  ];
  it.each(refused)('%s is refused with invalid_token', async (_name, forge) => {
    const fetchesBefore = stranger.count();
    expect(await bff.bearer(forge())).toMatchObject({ status: 401, challenge: expect.stringMatching(/^Bearer error="invalid_token"(?:,|$)/), caller: { kind: 'anonymous' } });
    expect(stranger.count()).toBe(fetchesBefore);
    // The same where DPoP is not taken, with Bearer alone.
    expect(await new BearerBff({ issuer, clock, dpop: false }).bearer(forge())).toMatchObject({ status: 401, challenge: 'Bearer error="invalid_token"' });
  });

  it('JWT-024 that expired 3 s ago is served within the tolerance of 5 s, one of 30 s ago is not', async () => {
    expect((await bff.bearer(token({ exp: nowS() - 3 }))).status).toBe(200);
    expect((await bff.bearer(token({ exp: nowS() - 30 }))).status).toBe(401);
  });

  it('JWT-029 of a new key is served within two seconds, right after a flood of unknown ones', async () => {
    await bff.bearer(token());
    for (let index = 0; index < 200; index++) expect((await bff.bearer(token({}, { kid: `unknown-${index}` }))).status).toBe(401);
    issuer.keys = [key, nextKey];
    await clock.advance(1_999);
    expect((await bff.bearer(token({}, {}, nextKey))).status).toBe(200);
  });

  it('JWT-031 of a known key is served while the issuer is down, one of an unknown key is refused', async () => {
    await bff.bearer(token());
    issuer.down = true;
    await clock.advance(400_000);
    expect((await bff.bearer(token())).status).toBe(200);
    expect((await bff.bearer(token({}, { kid: 'unknown' }))).status).toBe(401);
    expect((await bff.bearer(token())).status).toBe(200);
  });

  it('JWT-042 of a client application is not taken for that of a user', async () => {
    expect(await bff.bearer(token({ sub: 'svc', client_id: 'svc' }))).toMatchObject({ status: 403, error: { code: 'OPERATION_FORBIDDEN' } });
  });

  it('JWT-048 in another spelling of its last character does not outlive its revocation', async () => {
    const revocations = new MemoryRevocations({ clock });
    bff = new BearerBff({ issuer, clock, revocations });
    const text = token();
    const other = otherSpelling(text);
    expect([(await bff.bearer(text)).status, (await bff.bearer(other)).status]).toEqual([200, 200]);
    revocations.revoke({ iss: issuer.url, sid: 's-1' });
    expect([(await bff.bearer(text)).status, (await bff.bearer(other)).status]).toEqual([401, 401]);
  });

  it('JWT-054 that one BFF remembers is refused by another', async () => {
    const text = token();
    expect((await bff.bearer(text)).status).toBe(200);
    expect((await new BearerBff({ issuer, clock, audience: 'desktop-bff' }).bearer(text)).status).toBe(401);
  });

  it('JWT-056 of a session that was logged out is refused at once, remembered or not', async () => {
    const revocations = new MemoryRevocations({ clock });
    bff = new BearerBff({ issuer, clock, revocations });
    const logouts = new LogoutTokenVerifier({ issuer: issuer.url, clientIds: ['mobile-app'], jwksUri: issuer.jwksUri }, { clock, fetchJson, replays: new MemoryReplayStore({ clock }) });
    const [text, unseen, elsewhere] = [token(), token(), token({ sid: 's-2' })];
    expect((await bff.bearer(text)).status).toBe(200);
    expect((await bff.bearer(elsewhere)).status).toBe(200);

    const logout = signToken(key, { typ: 'logout+jwt' }, { iss: issuer.url, aud: 'mobile-app', iat: nowS(), exp: nowS() + 120, jti: 'l-1', sid: 's-1', events: { 'http://schemas.openid.net/event/backchannel-logout': {} } });
    revocations.revoke(logoutRevocation(await logouts.verify(logout), issuer.url, clock.epochMs()));

    expect(await bff.bearer(text)).toMatchObject({ status: 401, challenge: expect.stringMatching(/^Bearer error="invalid_token"/) });
    expect((await bff.bearer(unseen)).status).toBe(401);
    expect((await bff.bearer(elsewhere)).status).toBe(200);
  });
});

function withPayload(text: string, payload: string): string {
  const [header, , signature] = text.split('.');
  return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
}

/** The same signature in base64url: only bits that nobody reads differ. */
function otherSpelling(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  // 256 bytes leave 4 of the last 6 bits unused.
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1) as string) ^ 1];
}
