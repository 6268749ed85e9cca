import { isUnreachable } from '@portico/backend-client';
import { isPorticoError, PorticoError } from '@portico/core';
import type { FastifyInstance } from 'fastify';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import type { PipelineHooks } from '../accept/install-pipeline.js';
import { sendProblem, settleFailure } from '../problems/problem-answer.js';
import { toPorticoError } from '../problems/to-portico-error.js';
import { AggregatedRequest } from './aggregates/aggregated-request.js';
import { forwardRequest } from './forward-request.js';
import type { RouteHost } from './route-host.js';
import { RoutedRequest } from './routed-request.js';
import { sendAnswer } from './send-answer.js';
import { upgradeOf } from './upgrade-mark.js';
import { upgradeRequest } from './upgrade-request.js';
import type { UpgradedConnections } from './upgraded-connections.js';

/** What routes need of their gateway. */
export interface RouteSurroundings extends Pick<PipelineHooks, 'clock' | 'stallTimeoutMs'> {
  readonly webSockets: UpgradedConnections;
}

/**
 * Hangs the configured routes and aggregates on one catch-all: Fastify's router takes a coded operation first, and everything else comes here.
 * Bodies are not read: they are passed on as they come.
 */
export function installRoutes(fastify: FastifyInstance, host: RouteHost, { clock, stallTimeoutMs, webSockets }: RouteSurroundings): void {
  const surroundings: RouteSurroundings = { clock, webSockets, stallTimeoutMs };
  void fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, next) => next(null));
    scope.route({
      method: [...scope.supportedMethods],
      url: '/*',
      exposeHeadRoute: false,
      config: { routes: host } as object,
      // Nothing is returned: Fastify would wait for a promise, and has nothing to do when it settles.
      handler: (request, reply) => void handle(request as GatewayRequest, reply as GatewayReply, host, surroundings),
    });
    done();
  });
}

/** A service that falls silent is noticed before its client is taken for one that does not read: both are silence on the same connection. */
const noticedWithinMs = 2_000;

/** Answers a request, whatever comes of it; never rejects. */
async function handle(request: GatewayRequest, reply: GatewayReply, host: RouteHost, surroundings: RouteSurroundings): Promise<void> {
  const { gatewayContext: context, routed } = request;
  try {
    if (routed instanceof AggregatedRequest) return await sendAnswer(context, routed.binding, reply, await routed.answer(context), surroundings.stallTimeoutMs);
    if (!(routed instanceof RoutedRequest)) throw isPorticoError(routed) ? routed : new PorticoError('ROUTE_NOT_FOUND');
    routed.settle();
    const upgrade = upgradeOf(request.raw);
    const { binding } = routed;
    const stallTimeoutMs = Math.max(surroundings.stallTimeoutMs, binding.definition.idleTimeoutMs + noticedWithinMs);
    if (upgrade) return await upgradeRequest(context, binding, reply, { ...surroundings, upgrade, stallTimeoutMs });
    await sendAnswer(context, binding, reply, await forwardRequest(context, binding, surroundings.clock), stallTimeoutMs);
  } catch (error) {
    refuse(request, reply, toPorticoError(withStatus(error, host)));
  }
}

function refuse(request: GatewayRequest, reply: GatewayReply, error: PorticoError): void {
  try {
    sendProblem(reply, settleFailure(request, error));
  } catch {
    // Nobody is left to be told: the client sees that its connection breaks.
    reply.raw.destroy();
  }
}

/** Some failures of services are answered with the status that the configuration wants. */
function withStatus(error: unknown, { snapshot }: RouteHost): unknown {
  if (!isPorticoError(error)) return error;
  const { timeoutStatus, unreachableStatus } = snapshot.settings;
  const status = error.code === 'SERVICE_TIMEOUT' ? timeoutStatus : isUnreachable(error) ? unreachableStatus : error.status;
  return status === error.status ? error : new PorticoError(error.code, { status, detail: error.detail, headers: error.headers, cause: error });
}
