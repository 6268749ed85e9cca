import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { ApiKeyIssuer, FileApiKeyStore } from '@portico/auth';
import { systemClock } from '@portico/core';
import { createGateway, type Gateway, type GatewayConfig, type GatewayDefinition } from '@portico/gateway';
import type { DeepPartial } from '@portico/config';
import { LabIssuer } from './lab-issuer.js';

/** A request that came to a service or to a listener of the tester. */
export interface SeenByService {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A listener that notes what comes, and answers with it. */
export interface Listener {
  readonly origin: string;
  readonly seen: SeenByService[];
  /** How many of its answers were broken off by whoever asked. */
  broken: number;
  /** What is answered instead of the request itself, until it is taken back. A body in pieces is made as it is taken. */
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body?: string | Iterable<Buffer> } | undefined;
  close(): void;
}

async function listener(): Promise<Listener> {
  const seen: SeenByService[] = [];
  const server: Server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers });
    const { status = 200, headers: fields = {}, body = JSON.stringify({ method, url, headers }) } = made.answer ?? {};
    response.once('close', () => {
      if (!response.writableFinished) made.broken++;
    });
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json', ...fields });
      if (typeof body === 'string') response.end(body);
      else pipeline(Readable.from(body), response, () => {});
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const made: Listener = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    broken: 0,
    answer: undefined,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return made;
}

/** A BFF under attack: it really listens, with some routes more than usual, and everything around it is the tester's. */
export interface SecurityLab {
  readonly gateway: Gateway;
  readonly port: number;
  readonly audience: string;
  /** The client that logout tokens are meant for. */
  readonly clientId: string;
  readonly issuer: LabIssuer;
  /** The service behind the routes of the lab: it answers with the request that it got. */
  readonly echo: Listener;
  /** Somebody who must never be asked. */
  readonly tester: Listener;
  /** Gives out the API keys of partners. */
  readonly keys: ApiKeyIssuer;
  /** Another gateway of the same definition, with other settings and the same surroundings; whoever opens it closes it. */
  sibling(overrides: DeepPartial<GatewayConfig>): Promise<{ readonly port: number; readonly gateway: Gateway; close(): Promise<void> }>;
  close(): Promise<void>;
}

/** The client of the front end, as the lab's issuer names it. */
export const labClient = 'shop-app';

/** Routes that the cases speak of, and no BFF has. */
const routesOf = (echo: string): object => ({
  version: 1,
  // A client that does not read is then given up within seconds.
  settings: { idleTimeoutMs: 500 },
  services: { 'lab-echo': { instances: [echo] } },
  routes: {
    'lab-protected': { match: { path: '/lab/protected', methods: ['GET'] }, to: { service: 'lab-echo', path: '/protected' }, access: { scopes: ['shop.read'] } },
    'lab-public': { match: { path: '/public/{rest*}', methods: ['GET'] }, to: { service: 'lab-echo', path: '/public/{rest}' }, access: { anonymous: true }, cache: { ttlMs: 60_000 } },
    'lab-graphql': { match: { path: '/lab/graphql', methods: ['POST'] }, to: { service: 'lab-echo', path: '/graphql' }, access: { scopes: ['shop.read'] }, graphql: {} },
    'lab-partner': { match: { path: '/lab/partner', methods: ['GET'] }, to: { service: 'lab-echo', path: '/partner' }, access: { scopes: ['shop.read'], clients: true, apiKey: true } },
    'lab-admin': { match: { path: '/admin/{rest*}' }, to: { service: 'lab-echo', path: '/admin/{rest}' }, access: { scopes: ['shop.operate'] } },
    'lab-me': { match: { path: '/me', methods: ['GET'] }, to: { service: 'lab-echo', path: '/me' }, access: { scopes: ['shop.read'] }, claims: { toHeaders: { 'x-customer': 'sub' } } },
  },
});

/**
 * Starts it.
 * @param origins of the shop's services
 */
export async function openSecurityLab<C extends GatewayConfig>(definition: GatewayDefinition<C>, origins: Readonly<Record<string, string>>, overrides: DeepPartial<GatewayConfig> = {}): Promise<SecurityLab> {
  const [echo, tester, folder] = await Promise.all([listener(), listener(), mkdtemp(join(tmpdir(), 'portico-lab-'))]);
  const file = join(folder, 'lab.json');
  await writeFile(file, JSON.stringify(routesOf(echo.origin)));
  const keyFile = join(folder, 'keys.json');
  const keyStore = new FileApiKeyStore(keyFile, { clock: systemClock, mayBeMissing: true });
  const keys = new ApiKeyIssuer(keyStore, { clock: systemClock });
  // The file is there before the gateway is.
  await keys.create({ partner: { name: 'Nobody', clientId: 'nobody' } });
  const issuer = new LabIssuer();
  await issuer.start();
  const config = new definition.config() as C & { readonly session?: { readonly clientId: string } };
  const { services, auth } = config;
  const open = (own: DeepPartial<GatewayConfig>): Promise<Gateway> =>
    createGateway({ ...definition, routeFiles: [...(definition.routeFiles ?? []), file] } as GatewayDefinition<C>, {
      env: {},
      overrides: {
        limits: { addressPerMinute: 100_000, callerPerMinute: 100_000 },
        // The lab's issuer gives none, and its services take none.
        serviceClient: { clientId: '' },
        ...overrides,
        ...own,
        port: 0,
        log: { level: 'silent' },
        // Cases that try a key until it counts would otherwise be blocked.
        apiKeys: { file: keyFile, failuresPerMinute: 1_000, ...own.apiKeys },
        auth: { issuer: issuer.origin, clientIds: [labClient], ...own.auth },
        services: { ...Object.fromEntries(Object.keys(services).map((name) => [name, { instances: [origins[name] ?? 'http://127.0.0.1:1'] }])), ...own.services },
      } as unknown as DeepPartial<C>,
    });
  const gateway = await open({});
  return {
    gateway,
    port: Number(new URL(gateway.url).port),
    audience: auth.audience,
    clientId: config.session?.clientId ?? labClient,
    issuer,
    echo,
    tester,
    keys,
    sibling: async (own) => {
      const other = await open(own);
      return { port: Number(new URL(other.url).port), gateway: other, close: () => other.close() };
    },
    close: async () => {
      await gateway.close();
      keyStore.close();
      echo.close();
      tester.close();
      await issuer.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
