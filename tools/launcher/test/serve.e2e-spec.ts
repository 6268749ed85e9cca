import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeShop, type FakeShop } from './fake-shop.js';
import { read, Terminal, within } from './terminal.js';

// As long as the slowest promise may take under a full suite.
const testTimeoutMs = 90_000;

let shop: FakeShop;
let terminals: Terminal[];

beforeEach(async () => {
  shop = await createFakeShop();
  terminals = [];
});

afterEach(async () => {
  for (const terminal of terminals) terminal.signal('SIGTERM');
  await Promise.all(terminals.map(({ exited }) => exited));
  await shop.remove();
});

function open(project: string): Terminal {
  const terminal = new Terminal(shop, ['serve', project]);
  terminals.push(terminal);
  return terminal;
}

function answers(name: keyof FakeShop['urls'], word = 'answer'): Promise<string> {
  return within(10_000, `${name} says "${word}"; printed so far:\n${terminals.map(({ text }) => text).join('\n')}`, async () => {
    const body = await read(shop.urls[name]);
    return body?.includes(word) ? body : undefined;
  });
}

/** Saves a changed source and gives the answer that shows it. */
async function afterChange(path: string, from: string, to: string, name: keyof FakeShop['urls'] = 'web-bff'): Promise<string> {
  const source = await readFile(join(shop.root, path), 'utf8');
  await shop.write(path, source.replace(`'${from}'`, `'${to}'`));
  return within(2_000, `an answer with "${to}"`, async () => {
    const body = await read(shop.urls[name]);
    return body?.includes(to) ? body : undefined;
  });
}

describe('nx serve', { timeout: testTimeoutMs }, () => {
  it('shows a saved change of the app and of a lib within 2 s', async () => {
    open('web-bff');
    await answers('web-bff');
    expect(await afterChange('apps/web-bff/src/main.ts', 'answer', 'fresh')).toContain('fresh one');
    expect(await afterChange('libs/word.ts', 'one', 'two')).toContain('fresh two');
  });

  it('keeps the last good build up while the sources do not build', async () => {
    const terminal = open('web-bff');
    const before = await answers('web-bff');
    await shop.write('libs/word.ts', 'export const word = ;');
    await within(5_000, 'the fault is printed', () => terminal.text.includes('does not build'));
    expect(await read(shop.urls['web-bff'])).toBe(before);
    await shop.write('libs/word.ts', `export const word = 'mended';`);
    await answers('web-bff', 'mended');
  });

  it('starts the services, passes on what the app prints, and takes both along on Ctrl-C', async () => {
    const terminal = open('web-bff');
    await answers('web-bff');
    await answers('catalog');
    expect(terminal.text).toContain('chatty log');
    terminal.signal('SIGINT');
    expect(await terminal.exited).toBe(0);
    expect(await read(shop.urls['web-bff'])).toBeUndefined();
    expect(await read(shop.urls.catalog)).toBeUndefined();
  });

  it('shares the services of another terminal, and has them back within 5 s when that one is killed', async () => {
    const owner = open('web-bff');
    const first = await answers('catalog');
    const other = open('mobile-bff');
    await answers('mobile-bff');
    await within(5_000, 'the services are shared', () => other.text.includes('used as they are'));
    owner.signal('SIGKILL');
    await owner.exited;
    const second = await within(5_000, `new services; printed so far:\n${other.text}`, async () => {
      const body = await read(shop.urls.catalog);
      return body !== undefined && body !== first ? body : undefined;
    });
    expect(second).toContain('answer');
    expect(await read(shop.urls['web-bff'])).toBeUndefined();
    expect(await read(shop.urls['mobile-bff'])).toContain('answer');
  });

  it('starts the services once when two terminals begin together', async () => {
    const both = [open('web-bff'), open('mobile-bff')];
    await Promise.all([answers('web-bff'), answers('mobile-bff'), answers('catalog')]);
    await within(5_000, 'one of them shares', () => both.some(({ text }) => text.includes('used as they are')));
    expect(both.filter(({ text }) => text.includes('run in this terminal'))).toHaveLength(1);
  });

  it('watches the sources of the services where those are what is served', async () => {
    const terminal = open('services');
    await answers('catalog');
    expect(await afterChange('apps/services/src/main.ts', 'answer', 'fresh', 'catalog')).toContain('fresh one');
    terminal.signal('SIGINT');
    expect(await terminal.exited).toBe(0);
    expect(await read(shop.urls.catalog)).toBeUndefined();
  });

  it('serves an app that stands alone without the services, with a key that is made and printed', async () => {
    const terminal = open('push');
    await answers('push');
    const env = JSON.parse((await read(`${shop.urls.push}/env`)) ?? '{}') as Record<string, string>;
    expect(env['PUSH_KEY']).toMatch(/^[\w-]{43}$/);
    expect(terminal.text).toContain(`PUSH_KEY=${env['PUSH_KEY']} was made for this run`);
    expect(await read(shop.urls.catalog)).toBeUndefined();
    expect(await afterChange('apps/push/src/main.ts', 'answer', 'fresh', 'push')).toContain('fresh one');
    terminal.signal('SIGINT');
    expect(await terminal.exited).toBe(0);
  });

  it('refuses to serve a BFF twice, by its port', async () => {
    open('web-bff');
    await answers('web-bff');
    const second = open('web-bff');
    expect(await second.exited).toBe(1);
    expect(second.text).toContain('WEB_BFF_PORT=<port>');
  });
});
