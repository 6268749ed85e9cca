import type { ServiceApp } from '../server/service-app.js';
import type { AccessClaims } from './access-token.js';
import type { TokenGate } from './token-gate.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who calls, by the token of the call; undefined if there was none or nobody looks. */
    caller?: AccessClaims | undefined;
  }
  interface FastifyContextConfig {
    /** Whether a route answers without a token even where one is required. */
    open?: boolean;
  }
}

/** Puts every route behind the gate, except the control routes and those that are `open`. */
export function useTokenGate(app: ServiceApp, gate: TokenGate): void {
  app.addHook('onRequest', async (request) => {
    if (request.routeOptions.config.open === true) return;
    request.caller = await gate.admit(request.headers.authorization);
  });
}
