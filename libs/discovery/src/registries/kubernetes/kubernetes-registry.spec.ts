import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settle, startFakeService } from '@portico/core/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inShort, optionsOf, registryDeps } from '../../../test/registry-fixtures.js';
import { KubernetesOptions } from './kubernetes.config.js';
import { KubernetesRegistry } from './kubernetes-registry.js';

const http = { name: 'http', port: 8080, protocol: 'TCP' };
const endpoints = (version: string, ips: readonly string[], name = 'catalog', ports: readonly object[] = [http]) => ({
  kind: 'Endpoints',
  metadata: { name, resourceVersion: version },
  subsets: ips.length === 0 ? [] : [{ addresses: ips.map((ip) => ({ ip })), notReadyAddresses: [{ ip: '10.9.9.9' }], ports }],
});
const list = (version: string, ...items: object[]) => ({ kind: 'EndpointsList', metadata: { resourceVersion: version }, items });

/** A Kubernetes API whose one object (404: there is none) and list a test sets, and whose watches it feeds. */
async function kubernetes(given: Partial<KubernetesOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'portico-'));
  const [tokenFile, namespaceFile] = [join(folder, 'token'), join(folder, 'namespace')];
  await Promise.all([writeFile(tokenFile, 'first\n'), writeFile(namespaceFile, 'shop\n')]);
  const api = { object: endpoints('90', ['10.0.0.1']) as unknown, list: list('100') as unknown, watchStatus: 200, watches: [] as ServerResponse[] };
  const server = await startFakeService(({ url }, response) => {
    if (!url.includes('watch=1')) {
      const answer = url.includes('?') ? api.list : api.object;
      return typeof answer === 'number' ? void response.writeHead(answer).end() : answer;
    }
    if (api.watchStatus !== 200) return void response.writeHead(api.watchStatus).end();
    response.writeHead(200).flushHeaders();
    return void api.watches.push(response);
  });
  const deps = registryDeps();
  const registry = new KubernetesRegistry('catalog', optionsOf(KubernetesOptions, { url: server.origin, tokenFile, namespaceFile, ...given }), deps);
  const stop = new AbortController();
  onTestFinished(async () => {
    stop.abort();
    await registry.close();
    await server.close();
    await rm(folder, { recursive: true });
  });
  const taken: string[][] = [];
  return {
    server,
    api,
    taken,
    tokenFile,
    stop,
    ...deps,
    /** Asks; the result settles when the watch has ended. */
    ask: () => registry.ask((instances) => void taken.push(instances.map(inShort)), stop.signal),
    /** The `turn`-th watch, once it is open. */
    watch: async (turn: number): Promise<ServerResponse> => {
      while (api.watches.length <= turn) await settle();
      return api.watches[turn]!;
    },
    /** Lets time pass until `count` lists were taken. */
    until: async (count: number): Promise<void> => {
      while (taken.length < count) await settle();
    },
    query: (turn: number) => new URL(server.seen[turn]!.url, server.origin).searchParams,
  };
}

const event = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;

describe('what Kubernetes is asked', () => {
  it("is for the one object of the service's endpoints in its own namespace, then to be told of changes from there", async () => {
    const { server, taken, ask, watch, query } = await kubernetes({ watchMs: 60_000 });
    const asked = ask();
    (await watch(0)).end();
    await asked;
    expect(taken).toEqual([['http://10.0.0.1:8080']]);
    expect(server.seen).toHaveLength(2);
    expect(server.seen[0]).toMatchObject({ url: '/api/v1/namespaces/shop/endpoints/catalog', headers: { authorization: 'Bearer first' } });
    expect(server.seen[1]!.url).toMatch(/^\/api\/v1\/namespaces\/shop\/endpoints\?/);
    expect(Object.fromEntries(query(1))).toEqual({ fieldSelector: 'metadata.name=catalog', watch: '1', allowWatchBookmarks: 'true', timeoutSeconds: '60', resourceVersion: '90' });
  });

  it('is for a list when there is no such object yet, so that endpoints that come later are seen', async () => {
    const { api, server, taken, ask, watch, until, query } = await kubernetes();
    api.object = 404;
    void ask().catch(() => {});
    const open = await watch(0);
    expect(taken).toEqual([[]]);
    expect(server.seen[1]).toMatchObject({ url: '/api/v1/namespaces/shop/endpoints?fieldSelector=metadata.name%3Dcatalog', headers: { authorization: 'Bearer first' } });
    expect(query(2).get('resourceVersion')).toBe('100');
    open.write(event('ADDED', endpoints('101', ['10.0.0.1'])));
    await until(2);
    expect(taken[1]).toEqual(['http://10.0.0.1:8080']);
  });

  it('is for no list when the object is refused', async () => {
    const { api, server, ask } = await kubernetes();
    api.object = 403;
    await expect(ask()).rejects.toThrow('it answered 403');
    expect(server.seen).toHaveLength(1);
  });

  it('stays in the collection with a name that means something in a path', async () => {
    const { api, server, ask } = await kubernetes({ service: '../pods?x' });
    api.object = 403;
    await expect(ask()).rejects.toThrow('it answered 403');
    expect(server.seen[0]!.url).toBe('/api/v1/namespaces/shop/endpoints/..%2Fpods%3Fx');
  });

  it('names another namespace and service where they are configured', async () => {
    const { api, server, ask, watch } = await kubernetes({ namespace: 'other', service: 'catalog-v2' });
    api.object = 404;
    const asked = ask();
    (await watch(0)).end();
    await asked;
    expect(server.seen.slice(0, 2).map(({ url }) => url)).toEqual(['/api/v1/namespaces/other/endpoints/catalog-v2', '/api/v1/namespaces/other/endpoints?fieldSelector=metadata.name%3Dcatalog-v2']);
  });

  it('carries the token as it stands in its file now', async () => {
    const { server, ask, watch, tokenFile } = await kubernetes();
    const asked = ask();
    await writeFile(tokenFile, 'second');
    (await watch(0)).end();
    await asked;
    const again = ask();
    (await watch(1)).end();
    await again;
    expect(server.seen.at(-1)!.headers.authorization).toBe('Bearer second');
  });

  it('fails without a token, and without a file for it where one is named', async () => {
    const { ask, tokenFile, server } = await kubernetes();
    await writeFile(tokenFile, 'two words');
    await expect(ask()).rejects.toThrow(`${tokenFile} holds no token`);
    await rm(tokenFile);
    await expect(ask()).rejects.toThrow('ENOENT');
    await writeFile(tokenFile, '');
    expect(server.seen).toEqual([]);
  });

  it('fails with a namespace that is none', async () => {
    const { ask } = await kubernetes({ namespaceFile: new URL(import.meta.url).pathname });
    await expect(ask()).rejects.toThrow('holds no name of a namespace');
  });
});

describe('a watch', () => {
  it('brings changes as they happen', async () => {
    const { taken, ask, watch, until } = await kubernetes();
    void ask().catch(() => {});
    const open = await watch(0);
    open.write(event('MODIFIED', endpoints('101', ['10.0.0.1', '10.0.0.2'])));
    await until(2);
    open.write(event('DELETED', endpoints('102', ['10.0.0.1'])));
    await until(3);
    open.write(event('ADDED', endpoints('103', ['10.0.0.3'])));
    await until(4);
    expect(taken.slice(1)).toEqual([['http://10.0.0.1:8080', 'http://10.0.0.2:8080'], [], ['http://10.0.0.3:8080']]);
  });

  it('goes on where it had come to when it ended', async () => {
    const { ask, watch, query, server } = await kubernetes();
    const first = ask();
    const open = await watch(0);
    open.write(event('MODIFIED', endpoints('101', [])));
    open.end(event('BOOKMARK', { kind: 'Endpoints', metadata: { resourceVersion: '150' } }));
    await first;
    const second = ask();
    (await watch(1)).end();
    await second;
    expect(query(2).get('resourceVersion')).toBe('150');
    expect(server.seen).toHaveLength(3);
  });

  it('goes on where it had come to when the connection broke', async () => {
    const { ask, watch, until, query } = await kubernetes();
    const first = ask();
    const open = await watch(0);
    open.write(event('MODIFIED', endpoints('101', [])));
    await until(2);
    open.destroy();
    await expect(first).rejects.toThrow();
    const second = ask();
    (await watch(1)).end();
    await second;
    expect(query(2).get('resourceVersion')).toBe('101');
  });

  it.each(['status', 'event'])('whose place in history is forgotten makes a new read: told by a %s', async (how) => {
    const { api, ask, watch, taken, query, server } = await kubernetes();
    const first = ask();
    (await watch(0)).end();
    await first;
    api.watchStatus = how === 'status' ? 410 : 200;
    const second = ask();
    if (how === 'event') (await watch(1)).end(event('ERROR', { kind: 'Status', code: 410, message: 'too old resource version' }));
    await second;
    api.watchStatus = 200;
    api.object = endpoints('499', ['10.0.0.5']);
    const third = ask();
    (await watch(api.watches.length)).end();
    await third;
    expect(taken.at(-1)).toEqual(['http://10.0.0.5:8080']);
    expect(server.seen[3]!.url).toBe('/api/v1/namespaces/shop/endpoints/catalog');
    expect(query(4).get('resourceVersion')).toBe('499');
  });

  it('that has forgotten the last change of the one object begins at a list', async () => {
    const { api, ask, watch, query, server } = await kubernetes();
    const listed = () => server.seen.some(({ url }) => url?.endsWith('?fieldSelector=metadata.name%3Dcatalog'));
    Object.defineProperty(api, 'watchStatus', { get: () => (listed() ? 200 : 410) });
    const asked = ask();
    (await watch(0)).end();
    await asked;
    expect(server.seen).toHaveLength(4);
    expect(query(3).get('watch')).toBe('1');
  });

  it.each(['read', 'listed'])('that forgets what was %s a moment ago is a failure: reads are not made in a circle', async (how) => {
    const { api, ask } = await kubernetes();
    if (how === 'listed') api.object = 404;
    api.watchStatus = 410;
    await expect(ask()).rejects.toThrow('too old');
  });

  it.each([
    ['ERROR', { code: 500, message: 'storage is gone' }, 'storage is gone'],
    ['MODIFIED', { metadata: { name: 'catalog' } }, 'without a resourceVersion'],
  ])('that brings %s %j is a failure', async (type, object, message) => {
    const { ask, watch } = await kubernetes();
    const asked = ask();
    (await watch(0)).write(event(type, object));
    await expect(asked).rejects.toThrow(message);
  });

  it('that brings something that is not JSON is a failure', async () => {
    const { ask, watch } = await kubernetes();
    const asked = ask();
    (await watch(0)).write('<html>\n');
    await expect(asked).rejects.toThrow('not JSON');
  });

  it('that is refused is a failure', async () => {
    const { api, ask } = await kubernetes();
    api.watchStatus = 403;
    await expect(ask()).rejects.toThrow('it answered 403');
  });

  it('that Kubernetes does not end in time is ended, for the connection may be dead', async () => {
    const { ask, watch, clock } = await kubernetes({ watchMs: 60_000, requestTimeoutMs: 5_000 });
    const asked = ask().catch((error: Error) => error);
    await watch(0);
    await clock.advance(65_000);
    expect(await asked).toMatchObject({ message: expect.stringContaining('did not answer within 65000 ms') });
  });

  it('ends at once when the source is closed', async () => {
    const { ask, watch, stop, server, clock } = await kubernetes();
    const asked = ask();
    await watch(0);
    stop.abort();
    await expect(asked).rejects.toThrow('given up');
    while (!server.seen[1]!.aborted) await settle();
    expect(clock.pending).toBe(0);
  });
});

describe('endpoints', () => {
  const read = async (object: object, given: Partial<KubernetesOptions> = {}) => {
    const { api, ask, watch, taken, reports } = await kubernetes(given);
    api.object = object;
    const asked = ask();
    (await watch(0)).end();
    await asked;
    return { instances: taken[0], reports };
  };
  const admin = { name: 'admin', port: 9090 };
  const https = { name: 'https', port: 8443, protocol: 'TCP' };

  it.each([
    [[admin, http], {}, ['http://10.0.0.1:8080']],
    [[admin, https], {}, ['http://10.0.0.1:9090']],
    [[http, https], { scheme: 'https' }, ['https://10.0.0.1:8443']],
    [[http, admin], { port: 'admin' }, ['http://10.0.0.1:9090']],
    [[{ ...http, protocol: 'UDP' }, admin], {}, ['http://10.0.0.1:9090']],
  ])('with the ports %j and %j are %j', async (ports, given, expected) => {
    expect(await read(endpoints('90', ['10.0.0.1'], 'catalog', ports), given)).toEqual({ instances: expected, reports: [] });
  });

  it('without the wanted port are left out, with a report', async () => {
    const { instances, reports } = await read(endpoints('90', ['10.0.0.1', '10.0.0.2']), { port: 'grpc' });
    expect(instances).toEqual([]);
    expect(reports).toEqual(['2 addresses were left out: they have no TCP port with the name grpc']);
  });

  it('of several subsets are all of them', async () => {
    const two = { ...endpoints('90', []), subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [http] }, { addresses: [{ ip: 'fd00::1' }], ports: [{ ...http, port: 81 }] }, { notReadyAddresses: [{ ip: '10.0.0.9' }], ports: [http] }] };
    expect(await read(two)).toEqual({ instances: ['http://10.0.0.1:8080', 'http://[fd00::1]:81'], reports: [] });
  });

  it.each([{ subsets: null }, { subsets: [null, 7, {}, { addresses: 'x' }] }, {}])('that make no sense bring no instance: %j', async (given) => {
    expect((await read({ kind: 'Endpoints', metadata: { name: 'catalog', resourceVersion: '1' }, ...given })).instances).toEqual([]);
  });

  it('with an address that is none lack that one, with a report', async () => {
    const { instances, reports } = await read(endpoints('90', ['a/b', '10.0.0.1']));
    expect(instances).toEqual(['http://10.0.0.1:8080']);
    expect(reports).toHaveLength(1);
  });

  it('of another service are not looked at in a list', async () => {
    const { api, ask, watch, taken } = await kubernetes();
    api.object = 404;
    api.list = list('100', endpoints('90', ['10.0.0.1'], 'catalog-v2'), endpoints('91', ['10.0.0.2']));
    const asked = ask();
    (await watch(0)).end();
    await asked;
    expect(taken).toEqual([['http://10.0.0.2:8080']]);
  });

  it.each([
    [{ kind: 'Status', metadata: { name: 'catalog', resourceVersion: '90' } }],
    [{ kind: 'Endpoints', metadata: { name: 'catalog' } }],
    [endpoints('90', ['10.0.0.1'], 'catalog-v2')],
    [[]],
  ])("that are not the service's own are a failure: %j", async (answer) => {
    const { api, ask, taken } = await kubernetes();
    api.object = answer;
    await expect(ask()).rejects.toThrow("not the service's endpoints");
    expect(taken).toEqual([]);
  });

  it.each([[{ kind: 'Status' }], [{ kind: 'EndpointsList', metadata: {} }], [[]], [403]])('that are no list are a failure: %j', async (answer) => {
    const { api, ask } = await kubernetes();
    api.object = 404;
    api.list = answer;
    await expect(ask()).rejects.toThrow(typeof answer === 'number' ? 'it answered 403' : 'no list of endpoints');
  });
});
