import type { INestApplication } from '@nestjs/common';
import { metricsContentType, type PorticoTelemetry } from '@portico/observability';
import type { FastifyInstance } from 'fastify';
import type { BoundHub } from '../operations/bound-hub.js';
import type { BoundOperation } from '../operations/bound-operation.js';
import { docsPages } from './docs-page.js';
import type { Page } from './page.js';
import type { Readiness } from './readiness.js';

export interface SystemEndpointsOptions {
  readonly name: string;
  readonly app: INestApplication;
  /** Every one that is bound by the time somebody asks for the document. */
  readonly operations: readonly BoundOperation[];
  readonly hubs: readonly BoundHub[];
  readonly readiness: Readiness;
  /** Name of this replica, where there may be others. */
  readonly replica: string | undefined;
  readonly telemetry: PorticoTelemetry;
  /** Pages of the team. */
  readonly pages: readonly Page[];
}

/** The endpoints that every gateway has: health, metrics, OpenAPI and its documentation page; and the pages of its team. */
export function installSystemEndpoints(fastify: FastifyInstance, { name, app, operations, hubs, readiness, replica, telemetry, pages }: SystemEndpointsOptions): void {
  const file = (path: string, type: string, body: () => string | Promise<string>, headers: Readonly<Record<string, string>> = {}): void => {
    fastify.get(path, { config: { system: path.slice(1) || '/' } as object }, async (_, reply) => {
      // The text comes first: awaited later, a failure would leave with the header of a success.
      const text = await body();
      return reply.headers({ 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff', ...headers }).send(text);
    });
  };
  file('/health/live', 'application/json', () => '{"status":"ok"}');
  fastify.get('/health/ready', { config: { system: 'health/ready' } as object }, (_, reply) =>
    reply
      .code(readiness.state === 'ready' ? 200 : 503)
      .header('content-type', 'application/json')
      .header('cache-control', 'no-store')
      .send(JSON.stringify({ status: readiness.state, replica })),
  );
  file('/metrics', metricsContentType, () => telemetry.renderMetrics());
  let document: Promise<string> | undefined;
  file('/openapi.json', 'application/json', () => {
    // Loaded on first use: Swagger's package takes longer to load than all else together.
    document ??= import('../openapi/openapi-document.js').then(({ openApiDocument }) => openApiDocument(name, app, operations, hubs));
    return document;
  });
  for (const { path, type, text, policy } of [...docsPages(name), ...pages]) {
    file(path, type, () => text, policy === undefined ? {} : { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' });
  }
}
