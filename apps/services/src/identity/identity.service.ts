import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { HttpError } from '../server/http-error.js';
import type { ServiceStart } from '../server/open-service.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { addInteraction } from './interaction.routes.js';
import { createProvider } from './create-provider.js';

/** The provider's endpoints, for the OpenAPI document; their contract is OpenID Connect. */
const endpoints = [
  { method: 'GET', url: '/.well-known/openid-configuration', operationId: 'discover' },
  { method: 'GET', url: '/jwks', operationId: 'getKeys' },
  { method: 'GET', url: '/auth', operationId: 'authorize' },
  { method: 'POST', url: '/token', operationId: 'getToken' },
  { method: 'GET', url: '/me', operationId: 'getUserInfo' },
] as const;

/** Who somebody is: an OpenID provider for the shop's users and clients. */
export function addIdentity(app: ServiceApp, { identity }: Shop): ServiceStart {
  let provider: Provider | undefined;
  let handle: ((request: IncomingMessage, response: ServerResponse) => Promise<void>) | undefined;
  const started = (): Provider => {
    if (!provider) throw new HttpError(503, { error: 'starting' });
    return provider;
  };

  addInteraction(app, started);

  app.register(async (open: ServiceApp) => {
    // The provider reads bodies itself.
    open.removeAllContentTypeParsers();
    open.addContentTypeParser('*', (_request, _payload, done) => done(null));
    for (const { method, url, operationId } of endpoints) {
      open.route({ method, url, schema: { operationId }, handler: (request, reply) => passOn(request.raw, reply) });
    }
    open.all('/*', { schema: { hide: true } }, (request, reply) => passOn(request.raw, reply));
  });

  const passOn = async (request: IncomingMessage, reply: { raw: ServerResponse; hijack(): unknown }): Promise<void> => {
    started();
    reply.hijack();
    await handle?.(request, reply.raw);
  };

  return {
    listening: async (origin) => {
      provider = await createProvider(identity.issuer ?? origin, identity);
      handle = provider.callback();
    },
  };
}
