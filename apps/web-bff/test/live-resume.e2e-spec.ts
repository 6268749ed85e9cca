import { connectHub } from '@portico/realtime/testing';
import { advanceOrder, openServiceLine, placeOrder, withShop } from '@portico/testing';
import { expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

const given = withShop(webBff);

it('a page whose socket to the hub breaks off goes on over another with its ticket, and hears of every station of its order once', { timeout: 30_000 }, async () => {
  const line = await openServiceLine(given.bff.url);
  const order = await placeOrder(given.shop);
  const stations: string[] = [];
  const told: string[] = [];
  const connection = await connectHub(`${line.origin}/hubs/web`, {
    headers: given.bff.signedIn({ user: 'c-ann' }),
    origin: 'http://localhost:3010',
    stateful: true,
    prepare: (each) => {
      each.on('orderProgress', ({ status }: { status: string }) => void stations.push(status));
      each.onreconnecting(() => void told.push('reconnecting'));
      each.onclose(() => void told.push('closed'));
    },
  });
  const { connectionId } = connection;
  await connection.invoke('trackOrder', { id: order.id });
  for (let station = 1; station <= 3; station += 1) {
    line.breakOff();
    await advanceOrder(given.shop, order.id);
    await expect.poll(() => stations.length, { timeout: 10_000 }).toBe(station);
  }
  // While its socket is broken, and answered over the next.
  const call = connection.invoke('untrackOrder', { id: order.id });
  line.breakOff();
  await call;
  expect([new Set(stations).size, stations[0], told, connection.connectionId]).toEqual([3, 'paid', [], connectionId]);
  await connection.stop();
  await line.cut();
});
