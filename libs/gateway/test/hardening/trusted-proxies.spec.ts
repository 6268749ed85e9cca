import type { Policy } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { startApp } from '../start-app.js';

const lying = { 'x-forwarded-for': '1.2.3.4, 5.6.7.8', 'x-forwarded-host': 'evil.example', 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4', 'true-client-ip': '1.2.3.4' };

async function addressSeen(trustedProxies: string[]): Promise<string | undefined> {
  let seen: string | undefined;
  const spy: Policy = { name: 'spy', compile: () => ({ inbound: ({ address }) => void (seen = address) }) };
  const app = await startApp({ policies: [spy], overrides: { http: { trustedProxies } } });
  await app.client.get('/nowhere').set(lying);
  await app.close();
  return seen;
}

describe('the address of a client', () => {
  it('is that of its connection, whatever it says', async () => {
    expect([await addressSeen([]), await addressSeen(['10.0.0.0/8'])]).toEqual(['127.0.0.1', '127.0.0.1']);
  });

  it('is the last that no trusted proxy has', async () => {
    expect([await addressSeen(['127.0.0.1']), await addressSeen(['loopback', '5.6.7.0/24'])]).toEqual(['5.6.7.8', '1.2.3.4']);
  });
});

describe('a list of trusted proxies', () => {
  it.each([['1'], ['true'], ['*'], ['0.0.0.0/0'], ['::/0'], ['10.0.0.0/33'], ['10.0.0.0/'], ['proxy.example'], ['10.0.0.0/8', 'true'], ['fe80::1%eth0']])('is refused at start with %s', async (...trustedProxies) => {
    await expect(startApp({ overrides: { http: { trustedProxies } } })).rejects.toThrow(/is no address or network of a proxy/);
  });

  it.each([1, true])('is no %s', async (trustedProxies) => {
    await expect(startApp({ overrides: { http: { trustedProxies: trustedProxies as never } } })).rejects.toThrow(/trustedProxies/);
  });
});
