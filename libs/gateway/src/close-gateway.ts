import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BackendClient } from '@portico/backend-client';
import type { PorticoTelemetry } from '@portico/observability';
import type { GatewayConfig } from './gateway.config.js';
import type { Readiness } from './system/readiness.js';

/** What has to be closed of a gateway. */
export interface ClosingGateway {
  /** Undefined as long as the start has not come that far. */
  app: NestFastifyApplication | undefined;
  /** Undefined as long as the start has not come that far. */
  state?: { close(): Promise<void> } | undefined;
  /** Undefined as long as the start has not come that far. */
  sources?: { close(): Promise<void> } | undefined;
  /** Undefined where it is off, or the start has not come that far. */
  firewall?: { close(): void } | undefined;
  /** Undefined where no file has routes. */
  routes: { close(): Promise<void> } | undefined;
  readonly config: { readonly shutdown: Pick<GatewayConfig['shutdown'], 'drainMs' | 'graceMs'> };
  readonly readiness: Readiness;
  readonly telemetry: PorticoTelemetry;
}

/** How often connections are looked through for such as have become idle, in ms. */
const sweepMs = 50;

/** Longest wait for what is still to be written out or torn down once nobody is connected any more, in ms. */
const windUpMs = 1_000;

/**
 * Turns unready, drains, lets running requests finish within the grace time, cuts off the rest, and closes what the gateway holds.
 * Takes at most `drainMs` + `graceMs` + 2 s, whatever hangs.
 */
export async function closeGateway({ app, routes, state, sources, firewall, config, readiness, telemetry }: ClosingGateway): Promise<void> {
  const { drainMs, graceMs } = config.shutdown;
  readiness.state = 'stopping';
  if (app) {
    if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs));
    const server = app.getHttpServer();
    // A connection that was kept alive while its last request ran would otherwise stay until it times out.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    await within(graceMs + windUpMs, app.close());
    clearInterval(sweep);
    clearTimeout(force);
  }
  const client = app?.get(BackendClient).close();
  firewall?.close();
  await within(windUpMs, Promise.all([client, sources?.close(), routes?.close(), state?.close(), telemetry.close()]));
}

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)));
  await Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
