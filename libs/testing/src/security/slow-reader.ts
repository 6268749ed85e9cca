import { once } from 'node:events';
import { connect } from 'node:net';
import { expect } from 'vitest';
import type { CaseSurroundings } from './case-runner.js';
import { requestBytes } from './request-bytes.js';

/** More than the buffers of all connections between service and client hold. */
const boundBytes = 50_000_000;

/** A client that takes an answer without end byte by byte: so few that its connection never asks for more. The service is paused, and the client is cut off. */
export async function slowReader({ lab, signIn }: CaseSurroundings): Promise<void> {
  const impatient = await lab.sibling({ http: { stallTimeoutMs: 300 } });
  const piece = Buffer.alloc(65_536, 'x');
  let [sentBytes, begin] = [0, ''];
  const endless = function* (): Iterable<Buffer> {
    for (;;) {
      sentBytes += piece.length;
      yield piece;
    }
  };
  lab.echo.answer = { status: 200, headers: {}, body: endless() };
  const broken = lab.echo.broken;
  const socket = connect(impatient.port, '127.0.0.1', () => socket.write(requestBytes({ method: 'GET', path: '/lab/protected', headers: signIn('alice', impatient) }, 'lab')));
  try {
    socket.on('error', () => {});
    socket.pause();
    const takeOne = (): void => void (begin += (socket.read(1) as Buffer | null)?.toString('latin1') ?? '');
    // The service is let go, for its answer goes no further.
    await expect.poll(() => (takeOne(), lab.echo.broken - broken), { interval: 20, timeout: 15_000 }).toBe(1);
    expect(begin).toMatch(/^HTTP\/1\.1 200 /);
    expect(sentBytes).toBeLessThan(boundBytes);
    // What was on its way still comes, and then the end.
    socket.resume();
    await once(socket, 'close');
  } finally {
    lab.echo.answer = undefined;
    socket.destroy();
    await impatient.close();
  }
}
