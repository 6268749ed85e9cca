import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { specBundle } from '../spec-bundle.config.js';

let folder: string;
let children: ChildProcess[] = [];
/** Holds every request of the gateway until the test answers it. */
let holder: Server;
let held: (response: ServerResponse) => void = () => {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  await build(specBundle('process', folder));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  holder = createServer((_, response) => held(response)).listen(0, '127.0.0.1');
  await once(holder, 'listening');
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  children = [];
  holder.closeAllConnections();
  holder.close();
});

interface Running {
  readonly child: ChildProcess;
  readonly exit: Promise<{ code: number | null; err: string }>;
  /** Origin of the gateway, once it listens. */
  readonly url: Promise<string>;
}

function run(env: Record<string, string> = {}): Running {
  const holderUrl = `http://127.0.0.1:${(holder.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [join(folder, 'main.mjs')], { env: { PATH: process.env.PATH ?? '', PORT: '0', PORTICO_AUTH_ISSUER: 'http://127.0.0.1:1', SPEC_URL: holderUrl, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let err = '';
  const exit = once(child, 'close').then(([code]) => ({ code: code as number | null, err }));
  const url = new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      err += chunk.toString();
      const listening = /listens on (\S+)/.exec(err);
      if (listening) resolve(listening[1] as string);
    });
    void exit.then(() => reject(new Error(err)));
  });
  url.catch(() => {});
  return { child, exit, url };
}

/** A held request: its answer, and the moment at which the gateway has begun to work on it. */
function hold(url: string, agent?: Agent): { answer: Promise<{ status: number; body: string; headers: IncomingMessage['headers'] }>; begun: Promise<ServerResponse>; closed: Promise<unknown> } {
  const begun = new Promise<ServerResponse>((resolve) => (held = resolve));
  const request = get(`${url}/things/held`, { agent });
  const closed = once(request, 'socket').then(([socket]) => once(socket, 'close'));
  const answer = once(request, 'response').then(async ([response]: IncomingMessage[]) => {
    let body = '';
    for await (const chunk of response as IncomingMessage) body += String(chunk);
    return { status: response?.statusCode as number, body, headers: (response as IncomingMessage).headers };
  });
  answer.catch(() => {});
  closed.catch(() => {});
  return { answer, begun, closed };
}

describe('the process of a gateway', () => {
  it('ends with 1 and lists every fault of a wrong configuration by path', async () => {
    const { exit } = run({ PORT: 'high', PORTICO_DEADLINE_DEFAULT_MS: '0', PORTICO_LIMITS_CALLER_PER_MINUTE: 'many', PORTICO_SHUTDOWN_GRACE: '1' });
    const { code, err } = await exit;
    expect(code).toBe(1);
    expect(err).toMatch(/^spec-bff did not start\. The configuration has 4 faults:\n/);
    for (const path of ['port', 'deadline.defaultMs', 'limits.callerPerMinute', 'PORTICO_SHUTDOWN_GRACE']) expect(err).toContain(`- ${path}:`);
    expect(err).not.toMatch(/\bat .*\.mjs/);
  });

  it('ends with 1 and names the port that is taken', async () => {
    const { port } = holder.address() as AddressInfo;
    const { code, err } = await run({ PORT: String(port) }).exit;
    expect({ code, err }).toEqual({ code: 1, err: `spec-bff did not start. Port ${port} on 127.0.0.1 is taken: stop what listens there, or set PORT.\n` });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('finishes what runs on %s, closes kept connections, and ends with 0', async (signal) => {
    const { child, exit, url } = run();
    const origin = await url;
    const agent = new Agent({ keepAlive: true });
    const idle = get(`${origin}/things/now`, { agent });
    const [response] = (await once(idle, 'response')) as [IncomingMessage];
    response.resume();
    const idleClosed = once(response.socket, 'close');
    const running = hold(origin, new Agent({ keepAlive: true }));
    const service = await running.begun;
    const asked = performance.now();
    child.kill(signal);
    // A connection that nobody uses goes at once; that is how the test knows that the end has begun.
    await idleClosed;
    await expect(fetch(`${origin}/health/live`)).rejects.toThrow();
    child.kill(signal);
    service.end('finished');
    expect(await running.answer).toMatchObject({ status: 200, body: '{"id":"finished"}' });
    expect(await exit).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeLessThan(5_000);
    await running.closed;
  });

  it('is unready while it drains, and still serves', async () => {
    const { child, exit, url } = run({ PORTICO_SHUTDOWN_DRAIN_MS: '1500' });
    const origin = await url;
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    let ready = await fetch(`${origin}/health/ready`);
    while (ready.status === 200) ready = await fetch(`${origin}/health/ready`);
    expect({ status: ready.status, body: await ready.text() }).toEqual({ status: 503, body: '{"status":"stopping"}' });
    expect((await fetch(`${origin}/health/live`)).status).toBe(200);
    expect((await fetch(`${origin}/things/now`)).status).toBe(200);
    expect(await exit).toMatchObject({ code: 0 });
  });

  it('cuts off what hangs after its grace time, and ends with 0', async () => {
    const { child, exit, url } = run({ PORTICO_SHUTDOWN_GRACE_MS: '300' });
    const running = hold(await url);
    await running.begun;
    const asked = performance.now();
    child.kill('SIGTERM');
    await expect(running.answer).rejects.toThrow(/socket hang up|aborted|ECONNRESET/);
    expect(await exit).toMatchObject({ code: 0 });
    expect(performance.now() - asked).toBeGreaterThanOrEqual(300);
    expect(performance.now() - asked).toBeLessThan(10_000);
  });

  it('keeps the names of its operations though it is minified', async () => {
    const { url } = run();
    const { paths } = (await (await fetch(`${await url}/openapi.json`)).json()) as { paths: Record<string, { get: { operationId: string } }> };
    expect(paths['/things/now']?.get.operationId).toBe('ThingsController.now');
    expect((await fetch(`${await url}/docs`)).status).toBe(200);
  });
});
