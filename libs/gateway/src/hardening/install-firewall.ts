import type { Firewall, FirewallMode } from '@portico/firewall';
import { PorticoError } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { GatewayRequest } from '../accept/gateway-request.js';
import { hasBody } from '../routes/has-body.js';

/** Where nothing is done with what a request says. */
const unread = new Set(['none', 'system']);

/**
 * Has the firewall look at every request that the policies let through, before an operation runs or a service is called for a route. One with a body for a coded operation is
 * looked at once that is parsed, all of it in one go: behind a team's middleware, the others before it. Findings are logged by rule and place, never with what stands there.
 * Behind the policies, for it costs more than all of them: whom they refuse, by limits above all, it does not see.
 */
export function installFirewall(fastify: FastifyInstance, firewall: Pick<Firewall, 'inspect'>, mode: FirewallMode, telemetry: PorticoTelemetry): void {
  const action = mode === 'prevention' ? 'refused' : 'passed';
  const inspect = ({ gatewayContext: context, query, body }: GatewayRequest): PorticoError | undefined => {
    const findings = firewall.inspect({ path: context.url.split('?', 1)[0] as string, query: query as Record<string, unknown>, headers: context.headers, body });
    if (findings.length === 0) return undefined;
    telemetry.logger.warn({ id: context.id, traceId: context.trace.traceId, action, findings }, 'The firewall found something');
    for (const { rule } of findings) telemetry.firewallFinding(rule, action);
    return action === 'refused' ? new PorticoError('FIREWALL_REFUSED') : undefined;
  };
  const readsBody = ({ binding, raw }: GatewayRequest): boolean => binding.endpoint.kind === 'operation' && hasBody(raw);
  const at = (isDue: (request: GatewayRequest) => boolean) => (incoming: FastifyRequest, _: unknown, done: (error?: Error) => void): void => {
    const request = incoming as GatewayRequest;
    // Fastify's own 404 may come without a binding.
    if (!request.gatewayContext || unread.has(request.binding.endpoint.kind) || !isDue(request)) return done();
    done(inspect(request));
  };
  fastify.addHook('onRequest', at((request) => !readsBody(request)));
  fastify.addHook('preValidation', at(readsBody));
}
