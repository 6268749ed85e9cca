import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { App, Topology } from '../src/topology.mjs';

/** A small shop in a temporary folder: two services in one process, two BFFs and an app that stands alone, on free ports. */
export interface FakeShop {
  readonly root: string;
  readonly topology: Topology;
  readonly urls: Readonly<Record<'identity' | 'catalog' | 'web-bff' | 'mobile-bff' | 'push', string>>;
  write(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** An app that answers `<word> <pid>` on the ports it is told, and dies when asked for `/die`. */
function appSource(variables: readonly string[]): string {
  return `
import { createServer } from 'node:http';
import { word } from '../../../libs/word.ts';
const text = 'answer';
for (const variable of ${JSON.stringify(variables)}) {
  createServer((request, response) => {
    if (request.url === '/die') { console.log('so tired'); process.exit(3); }
    if (request.url === '/env') return response.end(JSON.stringify(process.env));
    response.end(text + ' ' + word + ' ' + process.pid);
  }).listen(Number(process.env[variable]), '127.0.0.1');
}
console.log('{"level":30,"msg":"chatty log"}');
process.on('SIGTERM', () => process.exit(0));
`;
}

const viteConfig = `export default { ssr: { noExternal: true }, build: { ssr: 'src/main.ts', rolldownOptions: { output: { entryFileNames: 'main.mjs' } } } };`;

export async function createFakeShop(): Promise<FakeShop> {
  const root = await mkdtemp(join(tmpdir(), 'portico-launcher-'));
  const [identity, catalog, web, mobile, push] = (await freePorts(5)) as [number, number, number, number, number];
  const service = (name: string, port: number) => ({
    name,
    port,
    variable: `${name.toUpperCase()}_PORT`,
    ownVariable: `${name.toUpperCase()}_PORT`,
    clientVariable: `PORTICO_SERVICES_${name.toUpperCase()}_INSTANCES`,
    readyPath: '/health',
    pages: ['/health'],
  });
  const gateway = (project: string, variable: string, port: number): App => ({
    project,
    folder: `apps/${project}`,
    endpoints: [{ name: project, port, variable, ownVariable: 'PORT', readyPath: '/health/ready', pages: ['/docs', '/openapi.json'] }],
  });
  const topology: Topology = {
    services: { project: 'services', folder: 'apps/services', endpoints: [service('identity', identity), service('catalog', catalog)] },
    gateways: [gateway('web-bff', 'WEB_BFF_PORT', web), gateway('mobile-bff', 'MOBILE_BFF_PORT', mobile)],
    alone: [{ ...gateway('push', 'PUSH_PORT', push), keyVariable: 'PUSH_KEY' }],
  };
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await write('package.json', '{ "type": "module" }');
  await write('topology.json', JSON.stringify(topology));
  await write('libs/word.ts', `export const word = 'one';`);
  await write('libs/word.mjs', `export const word = 'one';`);
  for (const app of [topology.services, ...topology.gateways, ...(topology.alone ?? [])]) {
    const source = appSource(app.endpoints.map(({ ownVariable }) => ownVariable));
    await write(`${app.folder}/src/main.ts`, source);
    await write(`${app.folder}/vite.config.mjs`, viteConfig);
    await write(`${app.folder}/dist/main.mjs`, source.replace('word.ts', 'word.mjs'));
  }
  const url = (port: number): string => `http://127.0.0.1:${port}`;
  return {
    root,
    topology,
    urls: { identity: url(identity), catalog: url(catalog), 'web-bff': url(web), 'mobile-bff': url(mobile), push: url(push) },
    write,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
