import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TransportName } from '../../src/transport/transport-channel.js';
import { startOfficialHub, type OfficialHub } from './official-hub.js';

const run = promisify(execFile);
const client = fileURLToPath(new URL('client.mjs', import.meta.url));
const all: readonly TransportName[] = ['WebSockets', 'ServerSentEvents', 'LongPolling'];

/** What every client sees in a visit, from version 3 on with the answer to its stream. */
const visit = {
  echo: { name: 'Zoë', tags: ['a', 'b'], nested: { count: 3, none: null } },
  error: "An unexpected error occurred invoking 'fail' on the server. HubException: The shop is closed.",
  items: [{ number: 1 }, { number: 2 }, { number: 3 }],
  news: ['fresh', { of: 'today' }],
  sum: 6,
  closed: 'in good order',
};
const { sum: _, ...visitOfVersion1 } = visit;

let hub: OfficialHub;
beforeAll(async () => {
  hub = await startOfficialHub();
});
afterAll(() => hub.close());

/** A visit over each of the transports, one after the other. */
async function visits(packageName: string, protocol: 'json' | 'messagepack', transports: readonly TransportName[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, [client, packageName, protocol, hub.url, ...transports], { timeout: 15_000 });
  return JSON.parse(stdout);
}

it.each([
  ['1', 'signalr-1', visitOfVersion1],
  ['3', 'signalr-3', visit],
  ['5', 'signalr-5', visit],
  ['6', 'signalr-6', visit],
  ['7', 'signalr-7', visit],
  ['8', 'signalr-8', visit],
  ['9', 'signalr-9', visit],
  ['10', '@microsoft/signalr', visit],
])('version %s of the official client is served over every transport', async (_, packageName, expected) => {
  expect(await visits(packageName, 'json', all)).toEqual({ WebSockets: expected, ServerSentEvents: expected, LongPolling: expected });
  expect(await hub.takeVisits()).toEqual(all.map((transport) => ({ transport, end: 'in good order' })));
});

it('the official client is served in MessagePack over the transports that carry bytes', async () => {
  const binary = all.filter((transport) => transport !== 'ServerSentEvents');
  expect(await visits('@microsoft/signalr', 'messagepack', binary)).toEqual({ WebSockets: visit, LongPolling: visit });
  expect(await hub.takeVisits()).toEqual(binary.map((transport) => ({ transport, end: 'in good order' })));
});
