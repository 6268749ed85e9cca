import type { GatewayReply, GatewayRequest } from './gateway-request.js';
import type { PipelineHooks } from './install-pipeline.js';
import { meter } from './meter.js';

/** Steps 1 and 2 for a request that Fastify's hooks never see, so that it is counted and logged like any other. */
export function acceptLate({ opener, clock, nowhere }: PipelineHooks, request: GatewayRequest, reply: GatewayReply): void {
  const context = opener.open(request, nowhere());
  context.telemetry.requestStarted(context);
  meter(context, reply, clock);
}
