import { logoutRevocation } from '@portico/auth';
import { SharedState } from '@portico/gateway';
import { RawHubClient, startTestGateway, type TestGateway } from '@portico/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

let bff: TestGateway;
const clients: RawHubClient[] = [];

async function connect(token: string): Promise<RawHubClient> {
  const client = await RawHubClient.connect({ url: `${bff.url}/hubs/desktop`, headers: { authorization: `Bearer ${token}` } });
  clients.push(client);
  return client;
}

beforeAll(async () => {
  bff = await startTestGateway(desktopBff, {});
});
afterEach(() => {
  for (const client of clients.splice(0)) client.vanish();
});
afterAll(() => bff.close());

describe('a connection to the hub of the desktop BFF', () => {
  it('is had by nobody who has not signed in, nor without the scope', async () => {
    const negotiate = bff.anonymous.post('/hubs/desktop/negotiate?negotiateVersion=1');
    const answers = [await negotiate, await bff.as({ scope: 'shop.write' }).post('/hubs/desktop/negotiate?negotiateVersion=1')];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [401, 'TOKEN_MISSING'],
      [403, 'SCOPE_INSUFFICIENT'],
    ]);
  });

  it('ends when its token is revoked, and is not had again by it; that of another user goes on', async () => {
    const token = bff.token({ user: 'c-ann' });
    const [client, other] = [await connect(token), await connect(bff.token({ user: 'c-bob' }))];
    await bff.gateway.app.get(SharedState).revocations.revoke(logoutRevocation({ sub: 'c-ann' }, bff.issuer.origin, Date.now()));
    expect(await client.closed).toBe(1000);
    expect(client.heard.at(-1)).toEqual({ type: 7, error: 'You are signed out.', allowReconnect: true });
    await vi.waitFor(async () => expect(await bff.metric('portico_hub_connections{hub="desktop",transport="WebSockets"}')).toBe(1), 10_000);
    expect(await other.call('untrackOrder', { id: 'o-000001' })).not.toHaveProperty('error');
    expect((await bff.anonymous.post('/hubs/desktop/negotiate?negotiateVersion=1').set('authorization', `Bearer ${token}`)).status).toBe(401);
  });
});
