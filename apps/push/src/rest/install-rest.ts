import { PorticoError, type Clock } from '@portico/core';
import type { FastifyInstance } from 'fastify';
import type { UserGroups } from '../groups/user-groups.js';
import { checkedHubName } from '../hubs/hub-name.js';
import type { PushHubs } from '../hubs/push-hubs.js';
import type { PushTokens } from '../push-tokens.js';
import { apiVersionOf } from './api-version.js';
import { PushRequest } from './push-request.js';
import { pushRoutes } from './push-routes.js';
import { letServiceIn } from './service-door.js';

export interface RestDeps {
  readonly hubs: PushHubs;
  readonly groups: UserGroups;
  readonly tokens: PushTokens;
  readonly clock: Clock;
}

const bodyTypes = ['application/json', 'application/x-msgpack', 'application/octet-stream'];

/** Puts what services may ask into Fastify's router, at `/api/hubs` and, as it was once, at `/api/v1/hubs`. */
export function installRest(fastify: FastifyInstance, deps: RestDeps): void {
  for (const prefix of ['/api', '/api/v1']) {
    void fastify.register((scope, _, done) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(bodyTypes, { parseAs: 'buffer' }, (_request, body, next) => next(null, body));
      // Before the body is read.
      scope.addHook('onRequest', (request, _reply, next) => {
        letServiceIn(request.raw, deps.tokens);
        next();
      });
      for (const { method, path, since, answer } of pushRoutes) {
        scope.route({
          method,
          url: `${prefix}/hubs/:hub${path}`,
          handler: async (request, reply) => {
            const { searchParams } = new URL(request.raw.url ?? '', 'http://push');
            const version = apiVersionOf(searchParams, prefix !== '/api');
            if (since !== undefined && version < since) throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'query.api-version', message: `must be ${since} for this` }] });
            const name = checkedHubName((request.params as { hub?: string }).hub);
            const { status, body } = await answer(new PushRequest(request, name, (await deps.hubs.get(name)).clients), deps);
            return reply.code(status).header('cache-control', 'no-store').send(body);
          },
        });
      }
      done();
    });
  }
}
