import { ManualClock, startFakeService, testContext } from '@portico/core/testing';
import { describe, expect, it, vi } from 'vitest';
import { askOf, clientOf, closing, gate, rejection } from '../test/fixtures.js';
import { defineService, ServiceEntry } from './index.js';

const readThing = defineService('shop').get('/thing');
const quiet = { closed: 1, 'half-open': 0, open: 0 };

describe('what the calls to a service occupy', () => {
  it('are its connections, the calls on them, and those that wait for one', async () => {
    const held = gate();
    const service = closing(await startFakeService(async () => (await held.opened, {})));
    const client = clientOf(service.origin, { connections: 2 });
    expect(client.loads()).toEqual([{ service: 'shop', connections: 0, inFlight: 0, waiting: 0, instances: { available: 1, leftOut: 0 }, breakers: quiet }]);
    const calls = [1, 2, 3].map(() => client.run(readThing(), askOf(testContext())));
    await vi.waitFor(() => expect(service.seen).toHaveLength(2));
    expect(client.loads()).toMatchObject([{ connections: 2, inFlight: 2, waiting: 1 }]);
    held.open();
    await Promise.all(calls);
    expect(client.loads()).toMatchObject([{ connections: 2, inFlight: 0, waiting: 0 }]);
  });

  it('are its circuit breakers by state, those of routes among them', async () => {
    const clock = new ManualClock();
    const service = closing(await startFakeService((_, response) => void response.writeHead(500).end()));
    const client = clientOf(service.origin, { breakerFailures: 1, breakerOpenMs: 5_000 }, { clock });
    const forwarder = client.service('shop').forwarder({ retry: { maxAttempts: 1 } });
    const breakers = () => client.loads()[0]?.breakers;
    expect([forwarder !== undefined, breakers()]).toEqual([true, { ...quiet, closed: 2 }]);
    await rejection(client.run(readThing(), askOf(testContext({ clock }), 10_000, clock)));
    expect(breakers()).toEqual({ closed: 1, 'half-open': 0, open: 1 });
    await clock.advance(5_000);
    expect(breakers()).toEqual({ closed: 1, 'half-open': 1, open: 0 });
  });

  it('are told of services that were opened later, until they end', async () => {
    const client = clientOf('http://127.0.0.1:1');
    const opened = await client.open('late', Object.assign(new ServiceEntry(), { instances: ['http://127.0.0.1:2'] }), () => {});
    expect(client.loads().map(({ service }) => service)).toEqual(['shop', 'late']);
    await opened.retire();
    expect(client.loads().map(({ service }) => service)).toEqual(['shop']);
  });
});
