import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { systems, type System } from '../src/plan/systems.mjs';
import { openArena, type Arena } from '../src/run/arena.mjs';
import { enterPush } from '../src/run/push-entrant.mjs';

const load = { clients: 20, groupSize: 10, tickMs: 20, ticks: 4 };
const ws = pathToFileURL(join(import.meta.dirname, '../../../node_modules/ws/wrapper.mjs')).href;

/** A hub in a few lines, in the place of Socket.IO; `send` sees the clients of a call, its number and its text. */
function hubThat(send: string): System {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const entry = join(folder, 'hub.mjs');
  writeFileSync(
    entry,
    `import { WebSocketServer } from '${ws}';
     export function openHub(server) {
       const clients = [];
       new WebSocketServer({ server }).on('connection', (socket, { url }) => {
         const client = { group: new URL(url, 'http://x').searchParams.get('group'), socket };
         clients.push(client);
         socket.on('close', () => clients.splice(clients.indexOf(client), 1));
         socket.send('0{}');
         socket.on('message', () => socket.send('40{}'));
       });
       return { send: (to, message) => {
         const text = '42["price",' + JSON.stringify(message) + ']';
         for (const { socket, group } of clients) if (to === 'all' || to === group) { ${send} }
       } };
     }`,
  );
  return { ...(systems.find(({ name }) => name === 'socketio') as System), entry };
}

describe('the check of deliveries', () => {
  let arena: Arena;
  beforeAll(async () => void (arena = await openArena()));
  afterAll(() => arena.close());

  async function measured(send: string) {
    const entrant = await enterPush(hubThat(send), load, arena);
    onTestFinished(async () => void (await entrant.stop()));
    return entrant.measure(load.ticks, 2);
  }

  it('counts what every client got', async () => {
    // Two ticks of two messages to all 20, and two to a group of 10.
    await expect(measured('socket.send(text)')).resolves.toMatchObject({ deliveries: 120 });
  });

  it('ends the run for a message that comes twice', async () => {
    await expect(measured('socket.send(text); socket.send(text)')).rejects.toThrow(/client \d+ got message \d+ where message \d+ was due/);
  });

  it('ends the run for a message that is left out', async () => {
    await expect(measured('if (message.sequence % 5 > 0) socket.send(text)')).rejects.toThrow(/client \d+ got message \d+ where message \d+ was due/);
  });

  it('ends the run for a message that goes to others as well', async () => {
    await expect(measured(`for (const { socket } of clients) socket.send(text)`)).rejects.toThrow('was due');
  });

  it('ends the run for a message that was changed, and shows it', async () => {
    await expect(measured(`socket.send(text.replace('EUR', 'USD'))`)).rejects.toThrow(/client \d+ got 42.*USD/);
  });

  it('ends the run when a client loses its connection', async () => {
    await expect(measured('socket.terminate()')).rejects.toThrow(/client \d+ lost its connection with 1006/);
  });
});
