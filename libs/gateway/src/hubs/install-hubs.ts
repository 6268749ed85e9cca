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

/**
 * Puts hubs into Fastify's router, each at `/hubs/<name>`: the negotiation passes the pipeline as an operation does and answers JSON; what carries a connection is known by its ticket, and
 * handed to the hub as it comes, body unread.
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
          return reply.code(status).headers({ 'content-type': 'application/json', 'cache-control': 'no-store' }).send(text);
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

function carry(request: GatewayRequest, reply: GatewayReply, { endpoint, origins }: HubHost): void {
  const { gatewayContext: context, raw } = request;
  if (!origins.allows(raw.headers.origin, request.host)) throw new PorticoError('ORIGIN_FORBIDDEN');
  const fields: string[] = ['x-correlation-id', context.id];
  hardeningOf(reply).completeFields(context, fields);
  void reply.hijack();
  const upgrade = upgradeOf(raw);
  if (upgrade) return endpoint.upgrade(raw, takeHubSocket(upgrade, reply.raw), Buffer.alloc(0), fields);
  for (let at = 0; at < fields.length; at += 2) reply.raw.setHeader(fields[at] as string, fields[at + 1] as string);
  endpoint.serve(raw, reply.raw);
}
