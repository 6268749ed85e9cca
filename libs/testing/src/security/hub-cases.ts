import { connectHub } from '@portico/realtime/testing';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import type { CaseSurroundings } from './case-runner.js';
import { requestBytes } from './request-bytes.js';
import type { SecurityCase } from './security-case.js';
import { exchange } from './wire-exchange.js';

type Field = readonly [name: string, value: string];

const evil: Field = ['origin', 'https://evil.example'];
const handshake: readonly Field[] = [['connection', 'Upgrade'], ['upgrade', 'websocket'], ['sec-websocket-version', '13'], ['sec-websocket-key', 'AAAAAAAAAAAAAAAAAAAAAA==']];
const tooMuch = 10 * 1024 * 1024;
const tinyFrames = 10_000;

/** What a page of the BFF's own sends besides; apps send no origin. */
const ownOrigin = ({ deviceClass }: CaseSurroundings): readonly Field[] => (deviceClass === 'web' ? [['origin', 'http://localhost:3010']] : []);
const cookieOf = (fields: readonly Field[]): Field[] => fields.filter(([name]) => name === 'cookie');

async function statusOf({ lab }: CaseSurroundings, method: string, path: string, headers: readonly Field[]): Promise<number> {
  const { answers } = await exchange(lab.port, requestBytes({ method, path, headers, ...(method === 'POST' && { body: '' }) }, 'lab'));
  return answers[0]?.status ?? 0;
}

/** Negotiates as alice does, and gives the query of her transports. */
async function ticketQuery(surroundings: CaseSurroundings, alice = surroundings.signIn('alice')): Promise<string> {
  const { lab, bindings } = surroundings;
  const answer = await fetch(`http://127.0.0.1:${lab.port}${bindings.hub}/negotiate?negotiateVersion=1`, { method: 'POST', headers: Object.fromEntries([...alice, ...ownOrigin(surroundings)]) });
  const { connectionToken, accessToken } = (await answer.json()) as { connectionToken: string; accessToken: string };
  return `id=${connectionToken}&access_token=${accessToken}`;
}

/** Opens a connection as alice, to be misused. */
async function openSocket(surroundings: CaseSurroundings): Promise<WebSocket> {
  const { lab, bindings } = surroundings;
  const socket = new WebSocket(`ws://127.0.0.1:${lab.port}${bindings.hub}?${await ticketQuery(surroundings)}`, { headers: Object.fromEntries(ownOrigin(surroundings)) });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  socket.on('error', () => {});
  socket.send('{"protocol":"json","version":1}\u001e');
  return socket;
}

const closeCode = (socket: WebSocket): Promise<number> => new Promise((resolve) => socket.once('close', resolve));

/** How the cases of the group `ws` are run, by their ids. */
export const hubCases: Readonly<Record<string, (surroundings: CaseSurroundings, given: SecurityCase) => Promise<void>>> = {
  'WS-001': async (surroundings) => {
    const { hub } = surroundings.bindings;
    const headers = [evil, ...cookieOf(surroundings.signIn('alice'))];
    expect(await statusOf(surroundings, 'GET', hub, [...headers, ...handshake])).toBe(403);
    expect(await statusOf(surroundings, 'POST', `${hub}/negotiate`, headers)).toBe(403);
    expect(await statusOf(surroundings, 'GET', hub, [...headers, ['accept', 'text/event-stream']])).toBe(403);
    expect(await statusOf(surroundings, 'GET', hub, headers)).toBe(403);
    // Not even with a ticket that a page came by.
    expect(await statusOf(surroundings, 'GET', `${hub}?${await ticketQuery(surroundings)}`, [...headers, ...handshake])).toBe(403);
  },
  'WS-002': async (surroundings) => {
    expect(await statusOf(surroundings, 'GET', surroundings.bindings.hub, [...cookieOf(surroundings.signIn('alice')), ...handshake])).toBe(403);
  },
  'WS-004': async (surroundings, given) => {
    const alice = surroundings.signIn('alice');
    const path = `${surroundings.bindings.hub}?${await ticketQuery(surroundings, alice)}`;
    expect(given.expect.status).toContain(await statusOf(surroundings, 'GET', path, [...cookieOf(surroundings.signIn('bob')), ...ownOrigin(surroundings), ...handshake]));
    expect(await statusOf(surroundings, 'GET', path, [...cookieOf(alice), ...ownOrigin(surroundings), ...handshake])).toBe(101);
  },
  'WS-007': async (surroundings) => {
    const { lab, bindings, signIn } = surroundings;
    const heard: unknown[] = [];
    const connection = await connectHub(`http://127.0.0.1:${lab.port}${bindings.hub}`, {
      headers: Object.fromEntries([...signIn('alice'), ...ownOrigin(surroundings)]),
      ...(surroundings.deviceClass === 'web' && { origin: 'http://localhost:3010' }),
      prepare: (each) => each.on('orderProgress', (event) => void heard.push(event)),
    });
    try {
      const id = bindings.foreignOrder.split('/').at(-1) as string;
      await expect(connection.invoke('trackOrder', { id })).rejects.toThrow('RESOURCE_NOT_FOUND');
      await expect(connection.invoke('join', 'user:bob')).rejects.toThrow('Unknown hub method');
      await fetch(`${bindings.ordering}/orders/${id}/advance`, { method: 'POST' });
      // A call of its own is answered after what was sent before it.
      await expect(connection.invoke('trackOrder', { id })).rejects.toThrow();
      expect(heard).toEqual([]);
    } finally {
      await connection.stop();
    }
  },
  'WS-008': async (surroundings) => {
    const other = await openSocket(surroundings);
    const [large, many, compressed] = [await openSocket(surroundings), await openSocket(surroundings), await openSocket(surroundings)];
    const codes = [large, many, compressed].map(closeCode);
    large.send('x'.repeat(tooMuch));
    for (let count = tinyFrames; count > 0; count--) many.send('{"type":6}\u001e');
    // A first bit that only compression may set, which is offered to nobody.
    (compressed as unknown as { _socket: NodeJS.WritableStream })._socket.write(Buffer.from([0xc1, 0x81, 0, 0, 0, 0, 0]));
    expect(await Promise.all(codes)).toEqual([1009, 1008, 1002]);
    const answered = new Promise((resolve) => other.on('message', (data) => String(data).includes('"type":3') && resolve(true)));
    other.send('{"type":1,"invocationId":"1","target":"nobody","arguments":[]}\u001e');
    expect(await answered).toBe(true);
    other.close();
  },
};
