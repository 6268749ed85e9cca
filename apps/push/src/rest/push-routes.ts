import type { HubTarget } from '@portico/realtime';
import { PorticoError } from '@portico/core';
import { signToken } from '@portico/realtime';
import type { RestDeps } from './install-rest.js';
import type { PushRequest } from './push-request.js';
import type { ApiVersion } from './api-version.js';

/** What a service is answered. */
export interface PushAnswer {
  readonly status: 200 | 202 | 204 | 404;
  readonly body?: object;
}

/** Something that a service may ask. */
export interface PushRoute {
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** After the name of the hub, as Fastify writes it: `::` is a colon. */
  readonly path: string;
  /** The version in which it came; all by default. */
  readonly since?: ApiVersion;
  answer(request: PushRequest, deps: RestDeps): PushAnswer | Promise<PushAnswer>;
}

const defaultMinutes = 60;

const accepted = { status: 202 } as const;
const done = { status: 204 } as const;
const ok = { status: 200 } as const;

/** Whom sends and closings are for, by path. */
const targets: readonly (readonly [path: string, target: (request: PushRequest) => HubTarget])[] = [
  ['', ({ clients, excluded }) => clients.allExcept(excluded)],
  ['/groups/:group', ({ clients, group, excluded }) => clients.group(group, excluded)],
  ['/users/:user', ({ clients, user, excluded }) => clients.user(user, excluded)],
];

/** All that a service may ask of a hub (the data plane that SDKs of Azure SignalR Service speak). */
export const pushRoutes: readonly PushRoute[] = [
  ...[...targets, ['/connections/:connection', ({ clients, connection }) => clients.connection(connection)] as (typeof targets)[number]].map(
    ([path, target]): PushRoute => ({
      method: 'POST',
      path: `${path}/::send`,
      answer: (request) => {
        const { target: method, arguments: args } = request.call;
        target(request).send(method, ...args);
        return accepted;
      },
    }),
  ),
  ...targets.map(
    ([path, target]): PushRoute => ({
      method: 'POST',
      path: `${path}/::closeConnections`,
      answer: (request) => {
        target(request).close(request.reason);
        return done;
      },
    }),
  ),
  {
    method: 'DELETE',
    path: '/connections/:connection',
    answer: ({ clients, connection, reason }) => {
      clients.connection(connection).close(reason);
      return ok;
    },
  },
  { method: 'HEAD', path: '/connections/:connection', answer: async ({ clients, connection }) => found(await clients.connection(connection).exists()) },
  { method: 'HEAD', path: '/groups/:group', answer: async ({ clients, group }) => found(await clients.group(group).exists()) },
  { method: 'HEAD', path: '/users/:user', answer: async ({ clients, user }) => found(await clients.user(user).exists()) },
  { method: 'HEAD', path: '/users/:user/groups/:group', answer: async ({ hub, user, group }, { groups }) => found(await stored(() => groups.has(hub, user, group))) },
  { method: 'PUT', path: '/groups/:group/connections/:connection', answer: async ({ clients, group, connection }) => found(await clients.connection(connection).join(group)) },
  { method: 'DELETE', path: '/groups/:group/connections/:connection', answer: async ({ clients, group, connection }) => found(await clients.connection(connection).leave(group)) },
  {
    method: 'DELETE',
    path: '/connections/:connection/groups',
    answer: async ({ clients, connection }) => {
      await clients.connection(connection).leave();
      return ok;
    },
  },
  {
    method: 'PUT',
    path: '/users/:user/groups/:group',
    answer: async ({ hub, clients, user, group, ttlS }, { groups }) => {
      // Stored first: a connection that comes meanwhile finds it there, or is there when the others join.
      if (ttlS > 0) await stored(() => groups.add(hub, user, group, ttlS));
      await clients.user(user).join(group);
      return ok;
    },
  },
  {
    method: 'DELETE',
    path: '/users/:user/groups/:group',
    answer: async ({ hub, clients, user, group }, { groups }) => {
      await stored(() => groups.remove(hub, user, group));
      await clients.user(user).leave(group);
      return done;
    },
  },
  {
    method: 'DELETE',
    path: '/users/:user/groups',
    answer: async ({ hub, clients, user }, { groups }) => {
      await stored(() => groups.remove(hub, user));
      await clients.user(user).leave();
      return done;
    },
  },
  {
    method: 'POST',
    path: '/::generateToken',
    since: '2022-11-01',
    answer: (request, { tokens, clock }) => {
      const userId = request.query.get('userId');
      const lifeS = (request.wholeNumber('minutesToExpire', 1) ?? defaultMinutes) * 60;
      return { status: 200, body: { token: signToken(userId ? { nameid: userId } : {}, { accessKey: tokens.signingKey, audience: tokens.clientAudience(request.hub), lifeS, clock }) } };
    },
  },
];

function found(there: boolean): PushAnswer {
  return { status: there ? 200 : 404 };
}

/** @throws PorticoError `SERVICE_UNAVAILABLE` when the store cannot be reached */
async function stored<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new PorticoError('SERVICE_UNAVAILABLE', { cause });
  }
}
