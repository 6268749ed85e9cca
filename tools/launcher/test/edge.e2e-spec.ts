import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeShop, type FakeShop } from './fake-shop.js';
import { read, Terminal, within } from './terminal.js';

const testbed = fileURLToPath(new URL('../../testbed/src/main.mjs', import.meta.url));
const absent = spawnSync(process.execPath, [testbed, 'has', 'nginx']).status !== 0 && process.env['CI'] !== 'true';
const title = absent ? 'npm start -- --edge (to enable: node tools/testbed/src/main.mjs provide nginx)' : 'npm start -- --edge';

let shop: FakeShop;
let terminal: Terminal | undefined;

beforeEach(async () => {
  shop = await createFakeShop();
});

afterEach(async () => {
  terminal?.signal('SIGTERM');
  await terminal?.exited;
  terminal = undefined;
  await shop.remove();
});

describe.skipIf(absent)(title, () => {
  // Two ports that are free: those of another shop, which is not started.
  const ports = async (): Promise<{ EDGE_PORT: string; EDGE_HTTP_PORT: string }> => {
    const other = await createFakeShop();
    await other.remove();
    return { EDGE_PORT: new URL(other.urls.identity).port, EDGE_HTTP_PORT: new URL(other.urls.catalog).port };
  };

  const get = (port: string, host: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const ca = readFileSync(join(shop.root, '.portico/edge/tls/ca.pem'));
      request({ host: '127.0.0.1', port, path: '/', servername: host, ca, headers: { host }, agent: false }, (answer) => text(answer).then(resolve, reject)).once('error', reject).end();
    });

  const started = async (env: NodeJS.ProcessEnv): Promise<Terminal> => {
    const opened = new Terminal(shop, ['start', '--edge'], env);
    terminal = opened;
    await within(15_000, `the table of addresses after\n${opened.text}`, () => opened.text.includes('Ctrl-C stops everything'));
    return opened;
  };

  it('serves every BFF over TLS at its own name, and says where', async () => {
    const env = await ports();
    const { text: said } = await started(env);
    expect(said).toContain(`https://shop.localhost:${env.EDGE_PORT}  web-bff`);
    expect(await get(env.EDGE_PORT, 'shop.localhost')).toBe(await read(shop.urls['web-bff']));
    expect(await get(env.EDGE_PORT, 'm.shop.localhost')).toBe(await read(shop.urls['mobile-bff']));
    const told = JSON.parse((await read(`${shop.urls['web-bff']}/env`)) ?? '{}') as NodeJS.ProcessEnv;
    expect(told).toMatchObject({ PORTICO_SESSION_PUBLIC_ORIGIN: `https://shop.localhost:${env.EDGE_PORT}`, PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1' });
  });

  it.each(['SIGTERM', 'SIGKILL'] as const)('leaves nothing behind on %s', async (signal) => {
    const env = await ports();
    const opened = await started(env);
    opened.signal(signal);
    await opened.exited;
    await within(5_000, 'the edge gone', async () => (await read(`http://127.0.0.1:${env.EDGE_HTTP_PORT}/health/live`)) === undefined);
  });
});

describe('npm start with options', () => {
  it('says what to install when the edge is wanted and nginx is missing, and starts nothing', async () => {
    terminal = new Terminal(shop, ['start', '--edge'], { PATH: '/nowhere' });
    expect(await terminal.exited).toBe(1);
    expect(terminal.text).toContain('The edge needs nginx and its firewall: `apt-get install nginx libnginx-mod-http-modsecurity modsecurity-crs openssl`.');
    expect(await read(shop.urls.identity)).toBeUndefined();
  });

  it('names an option that it does not know', async () => {
    terminal = new Terminal(shop, ['start', '--egde']);
    expect(await terminal.exited).toBe(1);
    expect(terminal.text).toContain('npm start knows no --egde: it takes --edge.');
  });
});
