import { PorticoError } from '@portico/core';
import type { FastifyInstance } from 'fastify';
import type { GatewayReply, GatewayRequest } from '../accept/gateway-request.js';
import { hardeningOf } from '../hardening/install-hardening.js';
import { upgradeOf } from '../routes/upgrade-mark.js';
import type { HubHost } from './hub-host.js';
import { takeHubSocket } from './take-hub-socket.js';

/** What hangs on the routes of a hub. */
export interface HubRoute {
  readonly host: HubHost;
  readonly kind: 'negotiation' | 'connection';
}

/** Fields of the answer to a negotiation. */
const negotiated = { 'content-type': 'application/json', 'cache-control': 'no-store' };

/**
 * Puts hubs into Fastify's router, each at `/hubs/<name>`: the negotiation passes the pipeline as an operation does and answers JSON; what carries a connection is known by its ticket, and
 * handed to the hub as it comes, body unread. A handshake for a WebSocket that names no connection passes the pipeline of the negotiation instead, where the hub takes one.
 */
export function installHubs(fastify: FastifyInstance, hosts: readonly HubHost[]): void {
  fastify.addHook('preClose', (done) => void Promise.all(hosts.map((host) => host.close())).then(() => done(), done));
  void fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, next) => next(null));
    for (const host of hosts) {
      const { path } = host.declared.endpoint;
      scope.route({
        method: 'POST',
        url: path,
        exposeHeadRoute: false,
        config: { hub: { host, kind: 'negotiation' } satisfies HubRoute } as object,
        handler: (incoming, reply) => {
          const request = incoming as GatewayRequest;
          // A body would be nobody's: what negotiation wants to know is in the query.
          request.raw.resume();
          const { status, text } = host.negotiate(request.gatewayContext);
          return reply.code(status).headers(negotiated).send(text);
        },
      });
      scope.route({
        method: ['GET', 'POST', 'DELETE'],
        url: path.slice(0, path.lastIndexOf('/')),
        exposeHeadRoute: false,
        config: { hub: { host, kind: 'connection' } satisfies HubRoute } as object,
        handler: (incoming, outgoing) => carry(incoming as GatewayRequest, outgoing as GatewayReply, host),
      });
    }
    done();
  });
}

function carry(request: GatewayRequest, reply: GatewayReply, host: HubHost): void {
  const { endpoint, origins } = host;
  const { gatewayContext: context, raw, binding } = request;
  if (!origins.allows(raw.headers.origin, request.host)) throw new PorticoError('ORIGIN_FORBIDDEN');
  const upgrade = upgradeOf(raw);
  const direct = binding.endpoint.kind === 'negotiation';
  const refusal = direct ? endpoint.refusalOfDirect() : undefined;
  if (refusal) return void reply.code(refusal.status).headers(negotiated).send(JSON.stringify({ error: refusal.text }));
  const fields: string[] = ['x-correlation-id', context.id];
  hardeningOf(reply).completeFields(context, fields);
  void reply.hijack();
  if (upgrade) {
    const socket = takeHubSocket(upgrade, reply.raw);
    return direct ? host.accept(request, socket, fields) : endpoint.upgrade(raw, socket, Buffer.alloc(0), fields);
  }
  for (let at = 0; at < fields.length; at += 2) reply.raw.setHeader(fields[at] as string, fields[at + 1] as string);
  endpoint.serve(raw, reply.raw);
}
