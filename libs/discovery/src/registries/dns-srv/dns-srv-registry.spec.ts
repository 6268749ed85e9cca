import { createSocket } from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { srvAnswer } from '../../../test/srv-answer.js';
import { askOnce, optionsOf, registryDeps } from '../../../test/registry-fixtures.js';
import { DnsSrvOptions } from './dns-srv.config.js';
import { DnsSrvRegistry, type ResolveSrv, type SrvRecord } from './dns-srv-registry.js';

const record = (name: string, weight = 1, priority = 10, port = 4001): SrvRecord => ({ name, port, priority, weight });
const failing = (code: string): ResolveSrv => async () => {
  throw Object.assign(new Error(`querySrv ${code}`), { code });
};

function dns(resolve: ResolveSrv, given: Partial<DnsSrvOptions> = {}) {
  const deps = registryDeps();
  return { registry: new DnsSrvRegistry(optionsOf(DnsSrvOptions, { name: '_http._tcp.catalog.internal', ...given }), deps, resolve), ...deps };
}

describe('SRV records', () => {
  it('are the instances, with host, port and weight', async () => {
    const asked: string[] = [];
    const { registry } = dns(async (name) => {
      asked.push(name);
      return [record('a.internal', 60), record('b.internal', 40, 10, 4002)];
    });
    expect(await askOnce(registry)).toEqual([['http://a.internal:4001 60', 'http://b.internal:4002 40']]);
    expect(asked).toEqual(['_http._tcp.catalog.internal']);
  });

  it('count only with the lowest priority', async () => {
    const { registry } = dns(async () => [record('late', 9, 20), record('first', 2, 10), record('also', 3, 10)], { scheme: 'https' });
    expect(await askOnce(registry)).toEqual([['https://first:4001 2', 'https://also:4001 3']]);
  });

  it('with the weight 0 get the least share there is', async () => {
    const { registry, reports } = dns(async () => [record('a', 0), record('b', 50)]);
    expect(await askOnce(registry)).toEqual([['http://a:4001', 'http://b:4001 50']]);
    expect(reports).toEqual([]);
  });

  it.each(['', '.'])('with the root as target (%j) say that there is no instance', async (name) => {
    const { registry, reports } = dns(async () => [record(name)]);
    expect(await askOnce(registry)).toEqual([[]]);
    expect(reports).toEqual([]);
  });

  it('that make no sense are left out, with a report', async () => {
    const { registry, reports } = dns(async () => [record('a b'), record('b', 1, 10, 0), record('c')]);
    expect(await askOnce(registry)).toEqual([['http://c:4001']]);
    expect(reports).toHaveLength(2);
  });

  it('are looked up as often as configured', () => {
    expect(dns(async () => [], { refreshMs: 3_000 }).registry.paceMs).toBe(3_000);
  });
});

describe('an answer of DNS', () => {
  it('that there are no such records is believed', async () => {
    const { registry, reports } = dns(failing('ENODATA'));
    expect(await askOnce(registry)).toEqual([[]]);
    expect(reports).toEqual([]);
  });

  it('that there is no such name is believed, and reported: it may be misspelt', async () => {
    const { registry, reports } = dns(failing('ENOTFOUND'));
    expect(await askOnce(registry)).toEqual([[]]);
    expect(reports).toEqual(['there is no name _http._tcp.catalog.internal in DNS']);
  });

  it.each(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED', 'EREFUSED'])('that is none is a failure: %s', async (code) => {
    await expect(askOnce(dns(failing(code)).registry)).rejects.toThrow(code);
  });
});

describe('a name server', () => {
  async function nameServer(answer: (query: Buffer) => Buffer | undefined) {
    const socket = createSocket('udp4');
    const asked = new Promise<void>((resolve) =>
      socket.on('message', (query, from) => {
        resolve();
        const reply = answer(query);
        if (reply) socket.send(reply, from.port, from.address);
      }),
    );
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const deps = registryDeps();
    const registry = new DnsSrvRegistry(optionsOf(DnsSrvOptions, { name: '_http._tcp.catalog.internal', servers: [`127.0.0.1:${socket.address().port}`] }), deps);
    onTestFinished(async () => {
      await registry.close();
      socket.close();
    });
    return { registry, asked };
  }

  it('is asked by the address that is configured', async () => {
    const { registry } = await nameServer((query) => srvAnswer(query, [record('a.internal', 3), record('b.internal', 5, 20)]));
    expect(await askOnce(registry)).toEqual([['http://a.internal:4001 3']]);
  });

  it('that knows the service as not available brings no instance', async () => {
    const { registry } = await nameServer((query) => srvAnswer(query, [record('')]));
    expect(await askOnce(registry)).toEqual([[]]);
  });

  it('that is silent is left at once when the source is closed', async () => {
    const { registry, asked } = await nameServer(() => undefined);
    const stop = new AbortController();
    const waiting = askOnce(registry, stop.signal);
    await asked;
    stop.abort();
    await registry.close();
    await expect(waiting).rejects.toThrow('ECANCELLED');
  });
});
