import { createRequire } from 'node:module';
import { realProgram } from '@portico/core/testing';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TransportName } from '../../src/transport/transport-channel.js';
import { startOfficialHub, type OfficialHub } from './official-hub.js';

const plan = realProgram('chromium');
const { resolve } = createRequire(import.meta.url);
const scriptOf = (name: string, file: string): string => resolve(`${name}/package.json`).replace('package.json', `dist/browser/${file}`);

/** The browser's build of the client, as a page finds it. */
interface SignalR {
  readonly HubConnectionBuilder: new () => import('@microsoft/signalr').HubConnectionBuilder;
  readonly HttpTransportType: Record<TransportName, number>;
  readonly LogLevel: { readonly None: number };
  readonly Subject: new () => import('@microsoft/signalr').Subject<number>;
  readonly protocols: { readonly msgpack: { readonly MessagePackHubProtocol: new () => import('@microsoft/signalr').IHubProtocol } };
}

/** Runs in the page: a whole visit to the hub, and what the client saw of it. */
async function visit({ url, transport, binary }: { url: string; transport: TransportName; binary: boolean }): Promise<unknown> {
  const { HubConnectionBuilder, HttpTransportType, LogLevel, Subject, protocols } = (globalThis as unknown as { signalR: SignalR }).signalR;
  const builder = new HubConnectionBuilder().withUrl(url, HttpTransportType[transport]).configureLogging(LogLevel.None);
  if (binary) builder.withHubProtocol(new protocols.msgpack.MessagePackHubProtocol());
  const connection = builder.build();
  const news = new Promise((told) => connection.on('news', (...args: unknown[]) => told(args)));
  await connection.start();
  await connection.invoke('tellAll', 'fresh');
  const items = await new Promise((ended, failed) => {
    const seen: unknown[] = [];
    connection.stream('count', 3).subscribe({ next: (item) => void seen.push(item), error: failed, complete: () => ended(seen) });
  });
  const numbers = new Subject();
  const sum = connection.invoke('sum', numbers);
  for (const number of [1, 2, 3]) numbers.next(number);
  numbers.complete();
  const seen = { items, news: await news, sum: await sum, error: await connection.invoke('fail').catch((error: Error) => error.message) };
  await connection.stop();
  return seen;
}

describe.skipIf(plan.absent)(`the official client in ${plan.title}`, () => {
  let hub: OfficialHub;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    hub = await startOfficialHub();
    browser = await chromium.launch({ executablePath: plan.path() });
    page = await browser.newPage();
    await page.goto(new URL('/page', hub.url).href);
    await page.addScriptTag({ path: scriptOf('@microsoft/signalr', 'signalr.js') });
    await page.addScriptTag({ path: scriptOf('@microsoft/signalr-protocol-msgpack', 'signalr-protocol-msgpack.js') });
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.close();
  });

  it.each([
    ['WebSockets', false],
    ['ServerSentEvents', false],
    ['LongPolling', false],
    ['WebSockets', true],
    ['LongPolling', true],
  ] as const)('is served over %s, in MessagePack: %s', async (transport, binary) => {
    expect(await page.evaluate(visit, { url: hub.url, transport, binary })).toEqual({
      items: [{ number: 1 }, { number: 2 }, { number: 3 }],
      news: ['fresh', { of: 'today' }],
      sum: 6,
      error: "An unexpected error occurred invoking 'fail' on the server. HubException: The shop is closed.",
    });
    expect(await hub.takeVisits()).toEqual([{ transport, end: 'in good order' }]);
  });
});
