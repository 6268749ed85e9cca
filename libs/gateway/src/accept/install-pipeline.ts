import { tickEnd, type Clock } from '@portico/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { FastifyAnswer } from '../answers/fastify-answer.js';
import { mayLeaveUnsealed, replaceUnsealed } from '../answers/unsealed-answer.js';
import type { Hardening } from '../hardening/hardening.js';
import { pathFault } from '../hardening/path-fault.js';
import { dropTicket } from '../hubs/drop-ticket.js';
import { opensDirectly } from '../hubs/opens-directly.js';
import type { Binding } from '../operations/binding.js';
import type { Bound } from '../operations/bound-operation.js';
import { MatchedRequest } from '../routes/matched-request.js';
import type { RouteHost } from '../routes/route-host.js';
import { degradedField, degradedHeader } from './degraded-field.js';
import type { GatewayReply, GatewayRequest } from './gateway-request.js';
import { limitStall } from './limit-stall.js';
import { meter } from './meter.js';
import { markReply } from './open-reply.js';
import type { RequestOpener } from './request-opener.js';
import { runInbound } from './run-inbound.js';

export interface PipelineHooks {
  readonly opener: RequestOpener;
  readonly clock: Clock;
  /** What stands for addresses that nothing is bound to. */
  readonly nowhere: () => Binding;
  /** Time after which a client is cut off that takes nothing of a long answer, in ms. */
  readonly stallTimeoutMs: number;
  /** What is looked at in every request, and added to every answer. */
  readonly hardening: Hardening;
}

function bindingOf(request: GatewayRequest, nowhere: () => Binding): Binding {
  const { bound, routes } = request.routeOptions.config as unknown as { bound?: Bound; routes?: RouteHost };
  if (routes === undefined) {
    const { binding, direct } = bound as Bound;
    return direct !== undefined && opensDirectly(request.raw) ? direct : binding;
  }
  request.routed = routes.find(request.raw);
  return request.routed instanceof MatchedRequest ? request.routed.binding : nowhere();
}

/**
 * Runs the pipeline in Fastify's own hooks, where it sees every request, unknown addresses included, and keeps its order:
 * Nest would run all guards before all interceptors, and neither for a 404.
 */
export function installPipeline(fastify: FastifyInstance, { opener, clock, nowhere, stallTimeoutMs, hardening }: PipelineHooks): void {
  fastify.decorateRequest('gatewayContext', null);
  fastify.decorateRequest('binding', null);
  fastify.decorateRequest('sealed', false);
  fastify.decorateRequest('routed', undefined);

  fastify.addHook('onRequest', (incoming, reply, done) => {
    const request = incoming as GatewayRequest;
    const fault = hardening.requestFault(request.raw);
    // What two servers read differently is nobody's: no endpoint and no policy hears of it.
    const binding = fault !== undefined || request.is404 ? nowhere() : bindingOf(request, nowhere);
    if (binding.endpoint.kind === 'negotiation') dropTicket(request.raw.headers);
    const context = opener.open(request, binding);
    context.telemetry.requestStarted(context);
    meter(context, reply, clock);
    markReply(reply as GatewayReply);
    // Configured routes judge their paths themselves, and where there is nothing there is nothing to reach.
    const refusal = fault ?? (request.routed instanceof MatchedRequest || binding.endpoint.kind === 'none' ? undefined : pathFault(context.url));
    if (refusal !== undefined) return done(refusal);
    // What the policies, the services and the team's code do for a request, they do together with what they do for the others of this tick.
    void tickEnd().then(() => runInbound(request, reply as GatewayReply, hardening, done));
  });

  // After the policies: they may say of an answer themselves how it is kept, framed and varied.
  const leave = (reply: FastifyReply, payload: unknown, done: (error: null, payload: unknown) => void): void => {
    hardening.completeReply(reply);
    done(null, payload);
  };

  fastify.addHook('onSend', (incoming, reply, given: unknown, done) => {
    const request = incoming as GatewayRequest;
    const { gatewayContext: context, binding } = request;
    if (!context) return leave(reply, given, done);
    const payload = request.sealed || mayLeaveUnsealed(context) ? given : replaceUnsealed(request, reply as GatewayReply, given);
    reply.header('x-correlation-id', context.id);
    if (context.answerHeaders) for (const [name, value] of context.answerHeaders) reply.header(name, value);
    if (context.degraded && !context.failure) reply.header(degradedHeader, degradedField(context.degraded));
    limitStall(reply.raw, payload, stallTimeoutMs);
    if (context.failure || !binding.pipeline.hasOutbound) return leave(reply, payload, done);
    const answer = new FastifyAnswer(reply as GatewayReply, payload);
    try {
      const pending = binding.pipeline.outbound(context, answer);
      if (pending === undefined) leave(reply, answer.payload, done);
      else pending.then(() => leave(reply, answer.payload, done)).catch(done);
    } catch (error) {
      done(error as Error);
    }
  });
}
