import { RawHubClient, startTestGateway, type TestGateway } from '@portico/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

let bff: TestGateway;
const clients: RawHubClient[] = [];
const opened = 'portico_hub_connections_opened_total{hub="mobile",transport="WebSockets"}';

async function connect(token: string): Promise<RawHubClient> {
  const client = await RawHubClient.connect({ url: `${bff.url}/hubs/mobile`, headers: { authorization: `Bearer ${token}` } });
  clients.push(client);
  expect(await client.call('untrackOrder', { id: 'o-000001' })).not.toHaveProperty('error');
  return client;
}

beforeAll(async () => {
  bff = await startTestGateway(mobileBff, {});
});
afterEach(() => {
  for (const client of clients.splice(0)) client.vanish();
});
afterAll(() => bff.close());

describe('a connection to the hub of the mobile BFF', () => {
  it('ends with the token that it began with: its client may come back with another; that of another token goes on', async () => {
    const other = await connect(bff.token({ user: 'c-bob' }));
    const client = await connect(bff.token({ user: 'c-ann', lifetimeS: 3 }));
    expect(await client.closed).toBe(1000);
    expect(client.heard.at(-1)).toEqual({ type: 7, error: 'You are signed out.', allowReconnect: true });
    await vi.waitFor(async () => expect(await bff.metric('portico_hub_connections{hub="mobile",transport="WebSockets"}')).toBe(1), 10_000);
    expect(await other.call('untrackOrder', { id: 'o-000001' })).not.toHaveProperty('error');
    await connect(bff.token({ user: 'c-ann' }));
  });

  it('is not had with a token that is over, nor with one for another BFF', async () => {
    const before = await bff.metric(opened);
    const negotiate = (token: string) => bff.anonymous.post('/hubs/mobile/negotiate?negotiateVersion=1').set('authorization', `Bearer ${token}`);
    expect([(await negotiate(bff.token({ lifetimeS: -3_600 }))).status, (await negotiate(bff.issuer.token({ audience: 'https://web.portico.example' }))).status]).toEqual([401, 401]);
    expect(await bff.metric(opened)).toBe(before);
  });
});
