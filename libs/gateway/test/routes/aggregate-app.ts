import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authenticate, authorize, claims } from '@portico/auth';
import { routeCache } from '@portico/caching';
import type { DeepPartial } from '@portico/config';
import type { Caller, Policy } from '@portico/core';
import { startFakeService, type FakeHandler, type FakeService } from '@portico/core/testing';
import { configuredPolicies, graphql, headers, type PolicyClass } from '@portico/policies';
import { addressFilter, routeRateLimit } from '@portico/throttling';
import { afterEach } from 'vitest';
import type { AggregatorClass, GatewayConfig } from '../../src/index.js';
import { startApp, type TestApp } from '../start-app.js';

type Json = Readonly<Record<string, unknown>>;

/** A gateway with a file, and little services by name; each of them gets a route of its own name unless others are given. */
export interface AggregateParts<Name extends string> {
  readonly services: Readonly<Record<Name, FakeHandler>>;
  readonly routes?: Readonly<Record<string, Json>>;
  readonly aggregates?: Readonly<Record<string, Json>>;
  /** What else stands in the file. */
  readonly file?: Json;
  readonly policies?: readonly PolicyClass[];
  readonly aggregators?: readonly AggregatorClass[];
  /** Who asks, whatever the request says; otherwise nobody. */
  readonly caller?: Partial<Caller>;
  readonly overrides?: DeepPartial<GatewayConfig>;
}

export interface AggregateApp<Name extends string> extends TestApp {
  readonly services: Readonly<Record<Name, FakeService>>;
}

const open: { close(): unknown }[] = [];
const folders: string[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** Writes a gateway's file, which is gone after the test. */
export async function writeGatewayFile(content: Json): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portico-aggregates-'));
  folders.push(folder);
  const file = join(folder, 'gateway.json');
  await writeFile(file, JSON.stringify({ version: 1, ...content }));
  return file;
}

/** Answers a status with a text. */
export const answering =
  (status: number, body = '', type = 'text/plain'): FakeHandler =>
  (_, response) =>
    void response.writeHead(status, { 'content-type': type }).end(body);

export const anyone = { access: { anonymous: true } };

/** Everything is open to everybody unless something else is said. */
export async function startAggregates<Name extends string>(parts: AggregateParts<Name>): Promise<AggregateApp<Name>> {
  const services = {} as Record<Name, FakeService>;
  for (const name of Object.keys(parts.services) as Name[]) {
    services[name] = await startFakeService(parts.services[name]);
    open.push(services[name]);
  }
  const names = Object.keys(services) as Name[];
  const routes = Object.fromEntries(names.map((name) => [name, { match: { path: `/${name}` }, to: { service: name } }] as [string, Json]).concat(Object.entries(parts.routes ?? {})));
  const entries = Object.fromEntries(names.map((name) => [name, { instances: [services[name].origin], maxAttempts: 1, ejection: { consecutiveFailures: 1_000 } }]));
  const file = await writeGatewayFile({ services: entries, routes: opened(routes), aggregates: opened(parts.aggregates ?? {}), ...parts.file });
  const pipeline = [authenticate(), ...(parts.caller ? [callerIs(parts.caller)] : []), authorize(), addressFilter(), claims(), routeRateLimit(), headers(), configuredPolicies(), routeCache(), graphql()];
  const app = await startApp({ policies: pipeline, overrides: parts.overrides ?? {}, definition: { routeFiles: [file], policies: parts.policies ?? [], aggregators: parts.aggregators ?? [] } });
  open.push(app);
  return { ...app, services };
}

function opened(entries: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  return Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, { ...anyone, ...entry }]));
}

function callerIs(facts: Partial<Caller>): Policy {
  const caller: Caller = { kind: 'user', id: 'c-ann', clientId: 'web', scopes: new Set(), claims: {}, key: 'user:c-ann', ...facts };
  return { name: 'caller-of-test', compile: () => ({ inbound: (context) => void (context.caller = caller) }) };
}
