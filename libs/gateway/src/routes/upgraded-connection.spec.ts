import { duplexPair, type Duplex } from 'node:stream';
import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { UpgradedConnection } from './upgraded-connection.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A connection between two ends that a test holds. */
function joined({ idleTimeoutMs = 10_000, highWaterMark = 65_536 } = {}) {
  const clock = new ManualClock();
  const [client, clientSide] = duplexPair({ highWaterMark });
  const [service, serviceSide] = duplexPair({ highWaterMark });
  let closed = 0;
  const connection = new UpgradedConnection(clientSide, serviceSide, { idleTimeoutMs, clock, onClosed: () => closed++ });
  const received = (end: Duplex): Buffer[] => {
    const chunks: Buffer[] = [];
    end.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => {});
    return chunks;
  };
  return { clock, client, clientSide, service, serviceSide, connection, toClient: received(client), toService: received(service), closed: () => closed };
}

const ping = Buffer.from([0x89, 0x00]);
const goingAway = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

describe('an upgraded connection', () => {
  it('ends in silence, and not as long as either side says something', async () => {
    const { clock, client, service, toClient, toService } = joined({ idleTimeoutMs: 1_000 });
    for (const end of [client, service, client, service]) {
      await clock.advance(900);
      end.write(ping);
      await turn();
    }
    expect([toClient, toService]).toEqual([[ping, ping], [ping, ping]]);
    await clock.advance(999);
    await turn();
    expect(toClient).toHaveLength(2);
    await clock.advance(1);
    await turn();
    expect(toClient[2]).toEqual(goingAway);
    expect(toService[2]).toEqual(Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xe9]));
  });

  it('destroys a side that does not end after the other has, and tells of its end once', async () => {
    const { clock, client, clientSide, serviceSide, closed } = joined();
    client.end();
    await turn();
    expect([clientSide.destroyed, closed()]).toEqual([true, 0]);
    await clock.advance(999);
    await turn();
    expect(serviceSide.destroyed).toBe(false);
    await clock.advance(1);
    await turn();
    expect([serviceSide.destroyed, closed()]).toEqual([true, 1]);
  });

  it('gives a slow client time for what was sent before the end, but not when the gateway goes away', async () => {
    const slow = joined({ highWaterMark: 16 });
    slow.client.pause();
    slow.service.end(Buffer.alloc(64, 'x'));
    await turn();
    await turn();
    await slow.clock.advance(5_000);
    await turn();
    expect(slow.clientSide.destroyed).toBe(false);
    slow.connection.goAway();
    await slow.clock.advance(1_000);
    await turn();
    expect(slow.clientSide.destroyed).toBe(true);
  });

  it('sees the end of a side that it held back before', async () => {
    const { client, clientSide, service } = joined({ highWaterMark: 16 });
    service.pause();
    client.write(Buffer.alloc(16, 'x'));
    client.end(Buffer.alloc(16, 'x'));
    await turn();
    expect(clientSide.isPaused()).toBe(true);
    service.end();
    service.resume();
    await turn();
    await turn();
    expect(clientSide.destroyed).toBe(true);
  });

  it('puts no frame of its own into one that has not come whole', async () => {
    const { connection, service, toClient } = joined();
    const half = Buffer.concat([Buffer.from([0x82, 0x05]), Buffer.from('abc')]);
    service.write(half);
    await turn();
    connection.goAway();
    await turn();
    expect(Buffer.concat(toClient)).toEqual(half);
  });

  it('breaks the other side off when one breaks', async () => {
    const { clientSide, serviceSide, closed } = joined();
    serviceSide.destroy(new Error('reset'));
    await turn();
    expect([clientSide.destroyed, closed()]).toEqual([true, 1]);
  });

  it('is over at once where one side was gone before', async () => {
    const clock = new ManualClock();
    const [, clientSide] = duplexPair();
    const [, serviceSide] = duplexPair();
    clientSide.destroy();
    await turn();
    let closed = 0;
    new UpgradedConnection(clientSide, serviceSide, { idleTimeoutMs: 1_000, clock, onClosed: () => closed++ });
    await turn();
    expect([serviceSide.destroyed, closed]).toEqual([true, 1]);
  });
});
