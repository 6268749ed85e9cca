import type { FastifyServerOptions } from 'fastify';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import type { PipelineHooks } from '../accept/install-pipeline.js';
import { acceptLate } from '../accept/late-request.js';
import { sendProblem, settleFailure } from './problem-answer.js';
import { toPorticoError } from './to-portico-error.js';

/**
 * Answers what Fastify's router refuses before any hook runs: a path that cannot be decoded, a parameter that is too long.
 * The inbound policies run all the same: a probe is limited, metered and logged like a request for an unknown address.
 */
export function frameworkErrorAnswer(hooks: PipelineHooks): NonNullable<FastifyServerOptions['frameworkErrors']> {
  return (thrown, incoming, outgoing) => {
    const request = incoming as unknown as GatewayRequest;
    const reply = outgoing as unknown as GatewayReply;
    acceptLate(hooks, request, reply);
    const answer = (error: unknown): void => {
      const final = settleFailure(request, toPorticoError(error));
      const { id, answerHeaders = [] } = request.gatewayContext;
      void reply.headers({ ...Object.fromEntries(answerHeaders), 'x-correlation-id': id });
      hooks.hardening.completeReply(reply);
      sendProblem(reply, final);
    };
    const fault = hooks.hardening.requestFault(request.raw);
    if (fault !== undefined) return answer(fault);
    try {
      const pending = request.binding.pipeline.inbound(request.gatewayContext);
      if (pending === undefined) answer(thrown);
      else pending.then(() => answer(thrown), answer);
    } catch (refusal) {
      answer(refusal);
    }
  };
}
