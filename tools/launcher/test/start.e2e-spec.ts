import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeShop, type FakeShop } from './fake-shop.js';
import { read, Terminal, within } from './terminal.js';

let shop: FakeShop;
let terminal: Terminal | undefined;
let blocker: Server | undefined;

beforeEach(async () => {
  shop = await createFakeShop();
});

afterEach(async () => {
  terminal?.signal('SIGTERM');
  await terminal?.exited;
  terminal = undefined;
  await new Promise((resolve) => (blocker ? blocker.close(resolve) : resolve(undefined)));
  blocker = undefined;
  await shop.remove();
});

async function started(env: NodeJS.ProcessEnv = {}): Promise<Terminal> {
  const opened = new Terminal(shop, ['start'], env);
  terminal = opened;
  await within(10_000, `the table of addresses after\n${opened.text}`, () => opened.text.includes('Ctrl-C stops everything'));
  return opened;
}

async function nobodyAnswers(): Promise<boolean> {
  const answers = await Promise.all(Object.values(shop.urls).map(read));
  return answers.every((answer) => answer === undefined);
}

describe('npm start', () => {
  it('prints every address and the calls to try, and nothing of what the apps log', async () => {
    const { text } = await started();
    const { push, ...others } = shop.urls;
    for (const url of Object.values(others)) expect(text).toContain(url);
    expect(text).not.toContain(push);
    expect(text).toContain(`${shop.urls['web-bff']}/openapi.json`);
    expect(text).toContain(`curl -s ${shop.urls['mobile-bff']}/api/products/p-0001`);
    expect(text).toContain('npm run -s token -- --user ann --for mobile');
    expect(text).not.toContain('chatty');
    expect(await readFile(join(shop.root, '.portico/logs/web-bff.log'), 'utf8')).toContain('chatty log');
  });

  it('names every taken port, who needs it and what moves it, and starts nothing', async () => {
    const { port } = new URL(shop.urls.catalog);
    blocker = createServer().listen(Number(port), '127.0.0.1');
    terminal = new Terminal(shop, ['start'], { MOBILE_BFF_PORT: 'many' });
    expect(await terminal.exited).toBe(1);
    expect(terminal.text).toContain('MOBILE_BFF_PORT=many is no port');
    terminal = new Terminal(shop, ['start']);
    expect(await terminal.exited).toBe(1);
    expect(terminal.text).toContain(`Port ${port} is taken. catalog needs it; CATALOG_PORT=<port> moves catalog elsewhere.`);
    expect(await read(shop.urls.identity)).toBeUndefined();
  });

  it('tells the BFFs where a moved service went', async () => {
    const [free] = [await createFakeShop()];
    const { port } = new URL(free.urls.catalog);
    await free.remove();
    await started({ CATALOG_PORT: port });
    const environment = JSON.parse((await read(`${shop.urls['web-bff']}/env`)) ?? '{}') as NodeJS.ProcessEnv;
    expect(environment['PORTICO_SERVICES_CATALOG_INSTANCES']).toBe(`http://127.0.0.1:${port}`);
    expect(environment['PORTICO_SERVICES_IDENTITY_INSTANCES']).toBeUndefined();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops everything on %s and ends well', async (signal) => {
    const opened = await started();
    opened.signal(signal);
    expect(await opened.exited).toBe(0);
    expect(await nobodyAnswers()).toBe(true);
  });

  it('takes the rest down when one app dies, and shows its last lines', async () => {
    const opened = await started();
    await read(`${shop.urls['mobile-bff']}/die`);
    expect(await opened.exited).toBe(1);
    expect(opened.text).toContain('mobile-bff stopped unexpectedly (exit code 3)');
    expect(opened.text).toContain('so tired');
    expect(await nobodyAnswers()).toBe(true);
  });

  it('shows why an app did not come up', async () => {
    await shop.write('apps/web-bff/dist/main.mjs', `throw new Error('no configuration');`);
    terminal = new Terminal(shop, ['start']);
    expect(await terminal.exited).toBe(1);
    expect(terminal.text).toContain('no configuration');
    expect(await nobodyAnswers()).toBe(true);
  });

  it('leaves no app behind when it is killed', async () => {
    const opened = await started();
    opened.signal('SIGKILL');
    expect(await opened.exited).toBe('SIGKILL');
    await within(3_000, 'all apps gone', nobodyAnswers);
  });
});
