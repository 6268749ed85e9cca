import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import { HttpError } from '../server/http-error.js';
import type { ServiceStart, ServiceTools } from '../server/open-service.js';
import type { ServiceApp } from '../server/service-app.js';
import type { Shop } from '../shop.js';
import { createProvider } from './create-provider.js';
import { addInteraction } from './interaction.routes.js';
import { MemoryStore } from './memory-adapter.js';
import { addSwitches } from './switch.routes.js';
import { faultTokenEndpoint } from './token-endpoint-faults.js';

/** The provider's endpoints, for the OpenAPI document; their contract is OpenID Connect. */
const endpoints = [
  { method: 'GET', url: '/.well-known/openid-configuration', operationId: 'discover' },
  { method: 'GET', url: '/jwks', operationId: 'getKeys' },
  { method: 'GET', url: '/auth', operationId: 'authorize' },
  { method: 'POST', url: '/token', operationId: 'getToken' },
  { method: 'GET', url: '/me', operationId: 'getUserInfo' },
] as const;

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Who somebody is: an OpenID provider for the shop's users and clients. */
export function addIdentity(app: ServiceApp, { identity, switches }: Shop, { sources, report }: ServiceTools): ServiceStart {
  let running: { readonly provider: Provider; readonly handle: Handle } | undefined;
  const started = (): { readonly provider: Provider; readonly handle: Handle } => {
    if (!running) throw new HttpError(503, { error: 'starting' });
    return running;
  };

  addInteraction(app, () => started().provider);
  addSwitches(app, switches);

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
    const { handle } = started();
    reply.hijack();
    if (request.method === 'POST' && request.url === '/token' && (await faultTokenEndpoint(switches.faults, sources, reply.raw))) return;
    await handle(request, reply.raw);
  };

  return {
    listening: async (origin) => {
      const state = { store: new MemoryStore(Date.now), cookieKey: randomBytes(32).toString('base64url'), switches };
      // The provider reads its keys once: with other keys another one takes over, and finds everything in the same store.
      const start = async (): Promise<void> => {
        const provider = await createProvider(identity.issuer ?? origin, identity, state, report);
        running = { provider, handle: provider.callback() };
      };
      switches.onKeyChange(start);
      await switches.publishKey();
    },
  };
}
