import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { EventClient } from '../test/event-client.js';
import { readJwt } from '../test/jwt.js';
import { until } from '../test/until.js';
import { serviceNames } from './service-catalogue.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const anyPort = Object.fromEntries(serviceNames.map((name) => [`${name.toUpperCase()}_PORT`, '0']));
const children: ChildProcess[] = [];
let folder: string;

// Built outside the workspace: whatever the bundle has forgotten cannot be found there.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-'));
  await build({ root, logLevel: 'silent', build: { outDir: folder, emptyOutDir: true } });
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

function run(file: string, args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(folder, file), ...args], { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } });
  children.push(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (printed.out += chunk));
  child.stderr.on('data', (chunk) => (printed.err += chunk));
  const exit = once(child, 'close').then(([code]) => ({ code: code as number | null, ...printed }));
  const lines = async (count: number): Promise<string[]> => {
    while (printed.out.split('\n').length <= count) await Promise.race([once(child.stdout, 'data'), exit.then(({ err }) => Promise.reject(new Error(err)))]);
    return printed.out.trimEnd().split('\n');
  };
  return { child, exit, lines };
}

describe('the bundle', () => {
  it('runs the whole shop without any package beside it, one line per service and nothing else', async () => {
    expect(await readdir(folder)).not.toContain('node_modules');
    const { child, exit, lines } = run('main.mjs', [], anyPort);
    const started = await lines(serviceNames.length);
    expect(started.map((line) => line.split(/\s+/)[0])).toEqual([...serviceNames]);
    const urls = new Map(started.map((line) => line.split(/\s+/) as [string, string]));
    for (const url of urls.values()) expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${urls.get('shipping')}/shipping?wsdl`)).text()).toContain('TrackShipment');

    const token = run('token.mjs', ['--user', 'eve', '--for', 'desktop'], { IDENTITY_ISSUER: urls.get('identity') ?? '' });
    const { code, out } = await token.exit;
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(1);
    expect(readJwt(out.trim()).claims).toMatchObject({ sub: 'c-eve', scope: 'shop.read shop.write shop.operate' });

    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 0, err: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops within two seconds of %s although a client waits', async (signal) => {
    const { child, exit, lines } = run('main.mjs', ['pricing'], anyPort);
    const [line = ''] = await lines(1);
    const url = line.split(/\s+/)[1] ?? '';
    await fetch(`${url}/__faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"latencyMs":600000}' });
    const answer = fetch(`${url}/prices/p-0001`).catch(() => 'cut off');
    await until(async () => ((await (await fetch(`${url}/__requests`)).json()) as { items: unknown[] }).items.length === 1);
    const asked = performance.now();
    child.kill(signal);
    expect(await exit).toMatchObject({ code: 0, err: '' });
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(await answer).toBe('cut off');
  });

  it('stops within two seconds of SIGTERM although somebody listens', async () => {
    const { child, exit, lines } = run('main.mjs', ['pricing'], { ...anyPort, PRICE_TICKS_PER_SECOND: '1000' });
    const [line = ''] = await lines(1);
    const client = await EventClient.open(`${line.split(/\s+/)[1]}/prices/ticks`);
    await client.take(3);
    const asked = performance.now();
    child.kill('SIGTERM');
    expect(await exit).toMatchObject({ code: 0, err: '' });
    expect(performance.now() - asked).toBeLessThan(2_000);
  });

  it('ends with code 1 and one line when a port is taken', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await once(occupant, 'listening');
    const { port } = occupant.address() as AddressInfo;
    const { exit } = run('main.mjs', ['catalog', 'basket'], { ...anyPort, BASKET_PORT: String(port) });
    expect(await exit).toEqual({ code: 1, out: '', err: `basket: port ${port} on 127.0.0.1 is taken\n` });
    occupant.close();
  });

  it('ends with code 1 and one line for a service that does not exist', async () => {
    const { code, err } = await run('main.mjs', ['catalg']).exit;
    expect(code).toBe(1);
    expect(err).toMatch(/^unknown service "catalg": .*\n$/);
  });

  it('ends with code 1 and one line for a Consul and a number that cannot be', async () => {
    const { code, err } = await run('main.mjs', ['catalog'], { CONSUL_URL: 'consul:8500', DRAIN_MS: 'long' }).exit;
    expect([code, err]).toEqual([1, 'CONSUL_URL must be an http or https URL without credentials, query and fragment; DRAIN_MS must be a whole number from 0 to 60000, not "long"\n']);
  });

  it.each([
    ['no arguments', [], /^usage: /],
    ['an unknown option', ['--who', 'ann'], /--who/],
    ['an unknown BFF', ['--user', 'ann', '--for', 'tv'], /^unknown BFF "tv"/],
    ['an issuer that is not there', ['--user', 'ann', '--for', 'web', '--issuer', 'http://127.0.0.1:1'], /does not answer/],
  ])('ends the token command with code 1 and one line for %s', async (_what, args, message) => {
    const { code, out, err } = await run('token.mjs', args).exit;
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
