import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { addControlRoutes } from './control-routes.js';
import { useErrorAnswers } from './error-answers.js';
import type { FaultSources } from './fault-injection.js';
import { FrontDoor } from './front-door.js';
import { compileRouteCheck } from './schema-check.js';
import type { ServiceApp, SchemaTypes } from './service-app.js';
import { pausing } from './pausing.js';
import { PortTakenError } from './port-taken-error.js';
import { ServerSpans } from './spans/server-spans.js';
import { SpanSender } from './spans/span-sender.js';
import { useTokenGate } from '../access/use-token-gate.js';
import type { TokenGate } from '../access/token-gate.js';

/** What a service adds to the frame that all share: its routes and, if it must know its own address first, one more step. */
export type AddService = (app: ServiceApp, tools: ServiceTools) => void | Promise<void> | ServiceStart | Promise<ServiceStart>;

/** What the frame lends a service. */
export interface ServiceTools {
  readonly sources: FaultSources;
  /** Receives errors nobody foresaw. */
  readonly report: (error: unknown) => void;
}

/** Runs after the service listens and before it counts as started. */
export interface ServiceStart {
  readonly listening: (origin: string) => Promise<void>;
}

/** Where a service listens and what it takes its chance and time from. */
export interface ServiceOptions {
  readonly name: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly sources: FaultSources;
  readonly report: (error: unknown) => void;
  /** Looks at the token of each call; by default nobody does. */
  readonly gate?: TokenGate | undefined;
  /** Who takes its spans by OTLP over HTTP; by default there are none. */
  readonly otlpEndpoint?: string | undefined;
}

/** A service that listens. */
export interface OpenedService {
  readonly name: string;
  /** Its origin, such as `http://127.0.0.1:4001`. */
  readonly url: string;
  readonly door: FrontDoor;
  /** Refuses connections, and cuts the open ones, until {@link resume}; what the service knows stays. */
  pause(): Promise<void>;
  /** Listens again at the same address. */
  resume(): Promise<void>;
  /** Stops at once; open connections are cut. */
  close(): Promise<void>;
}

/** Chance and time of a service that runs for real. */
export const realSources: FaultSources = {
  random: Math.random,
  delay: (ms, signal) => after(ms, undefined, { signal }).catch(() => undefined),
};

/** Opens a service. Throws {@link PortTakenError}; whatever else fails is thrown as it is, and nothing stays open. */
export async function openService(add: AddService, { name, host, port, sources, report, gate, otlpEndpoint }: ServiceOptions): Promise<OpenedService> {
  const door = new FrontDoor(sources, report);
  const sender = otlpEndpoint === undefined ? undefined : new SpanSender(otlpEndpoint, name);
  const spans = sender && new ServerSpans(sender);
  const app: ServiceApp = Fastify({
    forceCloseConnections: true,
    serverFactory: (handle) => createServer({ keepAliveTimeout: 72_000 }, spans?.around(door.before(handle)) ?? door.before(handle)),
  }).withTypeProvider<SchemaTypes>();
  try {
    app.setValidatorCompiler(compileRouteCheck);
    // The response schemas are documentation here; trimming is the BFF's work, and what is internal must stay visible.
    app.setSerializerCompiler(() => JSON.stringify);
    useErrorAnswers(app, report);
    await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: name, version: '1.0.0' } } });
    if (spans) app.addHook('onRequest', async ({ raw, routeOptions }) => spans.route(raw, routeOptions.url));
    addControlRoutes(app, door);
    if (gate) useTokenGate(app, gate);
    const start = await add(app, { sources, report });
    await app.listen({ host, port });
    const address = app.server.address() as AddressInfo;
    await start?.listening(originOf(address));
    return { name, url: originOf(address), door, close: () => app.close().finally(() => sender?.flush()), ...pausing(app.server, address) };
  } catch (error) {
    await app.close();
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new PortTakenError(name, host, port);
    throw error;
  }
}

function originOf({ address, port }: AddressInfo): string {
  const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address.includes(':') ? `[${address}]` : address;
  return `http://${host}:${port}`;
}
