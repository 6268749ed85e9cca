import type { Provider } from 'oidc-provider';
import type { IdentitySwitches } from './identity-switches.js';
import { tamperedToken } from './tampered-token.js';

/** Puts the ID tokens of the token endpoint through the switch that makes the next one wrong. */
export function tamperIdTokens(provider: Provider, switches: IdentitySwitches): void {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route !== 'token' || ctx.status !== 200) return;
    const answer = ctx.body as { id_token?: string };
    const tampering = answer.id_token === undefined ? undefined : switches.takeTampering();
    if (answer.id_token !== undefined && tampering) answer.id_token = tamperedToken(answer.id_token, tampering, switches.keys.current);
  });
}
