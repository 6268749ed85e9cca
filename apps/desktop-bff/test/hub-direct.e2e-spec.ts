import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { logoutRevocation } from '@portico/auth';
import { SharedState } from '@portico/gateway';
import { connectHub } from '@portico/realtime/testing';
import { advanceOrder, placeOrder, sendRequest, startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const path = '/hubs/desktop';
const handshake = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
const openNow = 'portico_hub_connections{hub="desktop",transport="WebSockets"}';

let shop: TestShop;
let bff: TestGateway;
beforeAll(async () => {
  shop = await startTestShop();
  bff = await startTestGateway(desktopBff, shop.origins);
});
afterAll(async () => {
  await bff?.close();
  await shop?.close();
});

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What a handshake is answered with: status, and the code of its problem; a WebSocket is ended. */
function answerTo(headers: Record<string, string>, query = '', at = bff): Promise<[status: number | undefined, code?: string]> {
  return new Promise((resolve, reject) => {
    const asked = sendRequest(`${at.url}${path}${query}`, { headers: { ...handshake, ...headers }, agent: false });
    asked.on('error', reject);
    asked.on('response', (answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve([answer.statusCode, (JSON.parse(body) as { code: string }).code]));
    });
    asked.on('upgrade', ({ statusCode }, socket) => {
      resolve([statusCode]);
      socket.destroy();
    });
    asked.end();
  });
}

describe('a client of the desktop BFF that skips the negotiation', () => {
  it('calls, and hears events, over the WebSocket that it opens with its token', async () => {
    const order = await placeOrder(shop);
    const heard: unknown[] = [];
    const connection = await connectHub(bff.url + path, { skipNegotiation: true, headers: bff.signedIn({ user: 'c-ann' }), prepare: (each) => each.on('orderProgress', (value) => void heard.push(value)) });
    onTestFinished(() => connection.stop());
    expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id, status: 'placed' });
    await advanceOrder(shop, order.id);
    await vi.waitFor(() => expect(heard).toContainEqual(expect.objectContaining({ orderId: order.id, status: 'paid' })), 10_000);
    await expect(connection.invoke('watchShop')).rejects.toThrow('SCOPE_INSUFFICIENT');
  });

  it('is cut off when its token is revoked', async () => {
    await vi.waitFor(async () => expect(await bff.metric(openNow)).toBe(0), 10_000);
    const token = bff.token({ user: 'c-zoe' });
    const closed: (Error | undefined)[] = [];
    await connectHub(bff.url + path, { skipNegotiation: true, headers: bearer(token), prepare: (each) => each.onclose((error) => void closed.push(error)) });
    await bff.gateway.app.get(SharedState).revocations.revoke(logoutRevocation({ sub: 'c-zoe' }, bff.issuer.origin, Date.now()));
    await vi.waitFor(() => expect(closed.map(String)).toEqual([expect.stringContaining('You are signed out.')]), 10_000);
    await vi.waitFor(async () => expect(await bff.metric(openNow)).toBe(0), 10_000);
    expect(await answerTo(bearer(token))).toEqual([401, 'TOKEN_INVALID']);
  });

  it('is refused without a token, with one in the query, with one for another BFF or that is over, without the scope, and from a page of another site', async () => {
    const good = bff.token();
    expect([
      await answerTo({}),
      await answerTo({}, `?access_token=${good}`),
      await answerTo(bearer(bff.issuer.token({ audience: 'https://web.portico.example' }))),
      await answerTo(bearer(bff.token({ lifetimeS: -3_600 }))),
      await answerTo(bearer(bff.token({ scope: 'shop.write' }))),
      await answerTo({ ...bearer(good), origin: 'https://evil.example' }),
      await answerTo(bearer(good)),
    ]).toEqual([[401, 'TOKEN_MISSING'], [401, 'TOKEN_MISSING'], [401, 'TOKEN_INVALID'], [401, 'TOKEN_INVALID'], [403, 'SCOPE_INSUFFICIENT'], [403, 'ORIGIN_FORBIDDEN'], [101]]);
  });

  it('shows that a bound token is its own by a proof for this GET', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = publicKey.export({ format: 'jwk' });
    const token = bff.token({ jkt: createHash('sha256').update(JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y })).digest('base64url') });
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const proof = (htu: string, htm = 'GET'): Record<string, string> => {
      const ath = createHash('sha256').update(token).digest('base64url');
      const text = `${part({ alg: 'ES256', typ: 'dpop+jwt', jwk })}.${part({ jti: randomUUID(), htm, htu: bff.url + htu, iat: Math.floor(Date.now() / 1_000), ath })}`;
      return { authorization: `DPoP ${token}`, dpop: `${text}.${sign('SHA256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}` };
    };
    const once = proof(path);
    expect([await answerTo(once), await answerTo(once), await answerTo(proof(path, 'POST')), await answerTo(proof(`${path}/negotiate`)), await answerTo(bearer(token))].map(([status]) => status)).toEqual([101, 401, 401, 401, 401]);
  });

  it('is refused beyond the limit of its caller', async () => {
    const strict = await startTestGateway(desktopBff, {}, { limits: { callerPerMinute: 2 } });
    onTestFinished(() => strict.close());
    const headers = bearer(strict.token({ user: 'c-ann' }));
    const answers = [await answerTo(headers, '', strict), await answerTo(headers, '', strict), await answerTo(headers, '', strict), await answerTo(bearer(strict.token({ user: 'c-bob' })), '', strict)];
    expect(answers).toEqual([[101], [101], [429, 'LIMIT_EXCEEDED'], [101]]);
  });
});
