import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock, settle, startFakeService, startRawServer, type FakeHandler } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfSigned } from '../../test/certificate.js';
import { RegistryClient, type RegistryCall } from './registry-client.js';

const options = { requestTimeoutMs: 5_000, maxAnswerBytes: 1_000, caFile: '' };
const open = (): AbortSignal => new AbortController().signal;

async function clientOf(handler: FakeHandler, path = '') {
  const server = await startFakeService(handler);
  const clock = new ManualClock();
  const client = new RegistryClient(server.origin + path, options, clock);
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return { server, clock, client };
}

describe('a call to a registry', () => {
  it('goes to the path behind that of the address, with its method, fields and body', async () => {
    const { server, client } = await clientOf(() => ({ ok: true }), '/registry/');
    const call: RegistryCall = { method: 'PUT', path: '/v1/x?a=1', headers: { 'x-token': 'secret' }, body: 'hello' };
    expect((await client.json(call, open())).value).toEqual({ ok: true });
    expect(server.seen[0]).toMatchObject({ method: 'PUT', url: '/registry/v1/x?a=1', body: 'hello', headers: { 'x-token': 'secret', accept: 'application/json' } });
  });

  it('fails when the answer is not 200, and says what came', async () => {
    const { client } = await clientOf((_, response) => void response.writeHead(500).end('No cluster leader'));
    await expect(client.json({ path: '/' }, open())).rejects.toThrow('it answered 500 ("No cluster leader")');
  });

  it('does not follow a redirect', async () => {
    const { server, client } = await clientOf((_, response) => void response.writeHead(302, { location: '/elsewhere' }).end());
    await expect(client.json({ path: '/' }, open())).rejects.toThrow('it answered 302');
    expect(server.seen).toHaveLength(1);
  });

  it('fails when the answer is not JSON', async () => {
    const { client } = await clientOf((_, response) => void response.end('<html>'));
    await expect(client.json({ path: '/' }, open())).rejects.toThrow('not JSON');
  });

  it('fails when the answer is larger than allowed', async () => {
    const { client } = await clientOf((_, response) => void response.end('x'.repeat(1_001)));
    await expect(client.call({ path: '/' }, open())).rejects.toThrow('more than 1000 bytes');
  });

  it('fails when no answer came in time, the time for which it is held back included', async () => {
    const { server, clock, client } = await clientOf(() => {});
    let failed: Error | undefined;
    const call = client.call({ path: '/', heldMs: 1_000 }, open()).catch((error: Error) => (failed = error));
    while (server.seen.length === 0) await settle();
    await clock.advance(5_999);
    expect(failed).toBeUndefined();
    await clock.advance(1);
    await call;
    expect(failed?.message).toContain('did not answer within 6000 ms');
    expect(clock.pending).toBe(0);
  });

  it('fails when the connection breaks off, and the next one is made anew', async () => {
    let breaks = true;
    const server = await startRawServer((socket) => {
      if (breaks) socket.destroy();
      else socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}');
      breaks = false;
    });
    const client = new RegistryClient(server.origin, options, new ManualClock());
    onTestFinished(() => server.close());
    await expect(client.call({ path: '/' }, open())).rejects.toThrow(server.origin);
    expect((await client.json({ path: '/' }, open())).value).toEqual({});
  });

  it('that is given up leaves the server at once', async () => {
    const { server, clock, client } = await clientOf(() => {});
    const stop = new AbortController();
    const call = client.call({ path: '/' }, stop.signal);
    while (server.seen.length === 0) await settle();
    stop.abort();
    await expect(call).rejects.toThrow('given up');
    while (!server.seen[0]!.aborted) await settle();
    expect(clock.pending).toBe(0);
  });

  it('is not sent when it was given up before', async () => {
    const { server, client } = await clientOf(() => ({}));
    await expect(client.call({ path: '/' }, AbortSignal.abort())).rejects.toThrow('given up');
    expect(server.seen).toEqual([]);
  });
});

describe('lines of an answer', () => {
  it('are given away as they come, whatever pieces they come in', async () => {
    const { client } = await clientOf((_, response) => {
      for (const piece of ['{"a":1}\n{"b"', ':"é', '"}\n\n', '{"c":3}\n']) response.write(piece);
      response.end();
    });
    const lines: string[] = [];
    await client.call({ path: '/', onLine: (line) => void lines.push(line) }, open());
    expect(lines).toEqual(['{"a":1}', '{"b":"é"}', '{"c":3}']);
  });

  it('end the call when one cannot be used', async () => {
    const { server, client } = await clientOf((_, response) => void response.write('bad\n'));
    const onLine = (): never => {
      throw new Error('unusable');
    };
    await expect(client.call({ path: '/', onLine }, open())).rejects.toThrow('unusable');
    while (!server.seen[0]!.aborted) await settle();
  });

  it('end the call when one is longer than allowed', async () => {
    const { client } = await clientOf((_, response) => void response.write('x'.repeat(1_001)));
    await expect(client.call({ path: '/', onLine: () => {} }, open())).rejects.toThrow('a line of more than 1000 bytes');
  });

  it('of a refusal are its body', async () => {
    const { client } = await clientOf((_, response) => void response.writeHead(410).end('gone\n'));
    const lines: string[] = [];
    expect(await client.call({ path: '/', onLine: (line) => void lines.push(line) }, open())).toMatchObject({ status: 410, body: 'gone\n' });
    expect(lines).toEqual([]);
  });
});

describe('a registry over HTTPS', () => {
  async function secured() {
    const { cert, key } = selfSigned();
    const server = createServer({ cert, key }, (_, response) => void response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const folder = await mkdtemp(join(tmpdir(), 'portico-'));
    const caFile = join(folder, 'ca.crt');
    onTestFinished(async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true });
    });
    return { cert, caFile, client: (file: string) => new RegistryClient(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, { ...options, caFile: file }, new ManualClock()) };
  }

  it('is believed when the given certificates vouch for it', async () => {
    const { cert, caFile, client } = await secured();
    await writeFile(caFile, cert);
    const trusting = client(caFile);
    expect((await trusting.json({ path: '/' }, open())).value).toEqual({});
    await trusting.close();
  });

  it('is not believed when nobody vouches for it', async () => {
    const { client } = await secured();
    await expect(client('').call({ path: '/' }, open())).rejects.toThrow(/certificate/);
  });

  it('is believed as soon as the file with the certificates is there', async () => {
    const { cert, caFile, client } = await secured();
    const waiting = client(caFile);
    await expect(waiting.call({ path: '/' }, open())).rejects.toThrow('ENOENT');
    await writeFile(caFile, selfSigned().cert);
    await expect(waiting.call({ path: '/' }, open())).rejects.toThrow(/certificate/);
    await writeFile(caFile, cert);
    expect((await waiting.json({ path: '/' }, open())).value).toEqual({});
    await waiting.close();
  });
});
