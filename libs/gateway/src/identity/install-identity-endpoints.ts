import type { FastifyInstance, FastifyReply } from 'fastify';
import type { GatewayRequest } from '../accept/gateway-request.js';
import type { IdentityAnswer, IdentityEndpoint } from './identity-endpoint.js';

const form = 'application/x-www-form-urlencoded';
const longestForm = 16_384;

/** Puts the identity endpoints into Fastify's router. They alone take forms, and nothing but forms. */
export function installIdentityEndpoints(fastify: FastifyInstance, endpoints: readonly IdentityEndpoint[]): void {
  void fastify.register((scope, _, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(form, { parseAs: 'string', bodyLimit: longestForm }, (_request, body, parsed) => parsed(null, new URLSearchParams(body as string)));
    for (const endpoint of endpoints) {
      scope.route({
        method: endpoint.method,
        url: endpoint.path,
        exposeHeadRoute: false,
        config: { identity: endpoint } as object,
        handler: async (incoming, reply) => send(reply, await endpoint.handle(requestOf(incoming as GatewayRequest))),
      });
    }
    done();
  });
}

function requestOf(request: GatewayRequest): Parameters<IdentityEndpoint['handle']>[0] {
  const { method = '', url = '', headers } = request.raw;
  return { method, url, headers, form: request.body instanceof URLSearchParams ? request.body : undefined, secure: request.protocol === 'https', context: request.gatewayContext };
}

function send(reply: FastifyReply, { status, headers, body }: IdentityAnswer): FastifyReply {
  void reply.code(status);
  for (const [name, value] of headers) void reply.header(name, value);
  return reply.send(body ?? '');
}
