import { bodyFault } from '../hardening/body-fault.js';
import type { Hardening } from '../hardening/hardening.js';
import { MatchedRequest } from '../routes/matched-request.js';
import { checkUpgrade } from '../routes/upgrade-check.js';
import type { GatewayReply, GatewayRequest } from './gateway-request.js';

/** Step 3: the policies of the way in. Then `done` goes on to the handler, or has the refusal; it is not called where the answer is given already. */
export function runInbound(request: GatewayRequest, reply: GatewayReply, hardening: Hardening, done: (refusal?: Error) => void): void {
  const { gatewayContext: context, binding, routed } = request;
  const proceed = (): void => {
    if (!context.ready) return done(binding.endpoint.kind === 'operation' ? bodyFault(request.raw) : undefined);
    try {
      void reply.code(context.ready.status).headers(context.ready.headers).send(context.ready.body);
    } catch (error) {
      done(error as Error);
    }
  };
  try {
    if (routed instanceof MatchedRequest) context.forward = routed.begin(context, request);
    if (hardening.answersPreflight(context, reply)) return;
    checkUpgrade(request);
    const pending = binding.pipeline.inbound(context);
    if (pending === undefined) proceed();
    else pending.then(proceed, done);
  } catch (error) {
    done(error as Error);
  }
}
