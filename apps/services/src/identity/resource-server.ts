import type { Client, errors as Errors, KoaContextWithOIDC, ResourceServer } from 'oidc-provider';
import { operatorScope, serviceTokenSeconds, userScopes } from './audience.js';
import { audiencesOf } from './clients.js';
import { serviceAudiences } from './service-audience.js';
import { exchangeableAudience, serviceClientScopes } from './service-clients.js';

/** Decides for whom a client gets tokens (RFC 8707): clients of users for their BFF, clients of BFFs for one service at a time. */
export class ResourceServers {
  readonly #errors: typeof Errors;
  readonly #userTokenSeconds: () => number;

  constructor(errors: typeof Errors, userTokenSeconds: () => number) {
    this.#errors = errors;
    this.#userTokenSeconds = userTokenSeconds;
  }

  /** The audience of a request that names none. Throws `invalid_target` for a client that must name one. */
  readonly standard = (_ctx: KoaContextWithOIDC, client: Client, oneOf?: string | readonly string[]): string | string[] => {
    if (exchangeableAudience(client.clientId) !== undefined) throw new this.#errors.InvalidTarget('name the service that the token is for');
    return (typeof oneOf === 'string' ? oneOf : oneOf?.[0]) ?? audiencesOf(client.clientId)[0] ?? [];
  };

  /** What the tokens for an audience look like. Throws `invalid_target` for one that is not the client's. */
  readonly info = (ctx: KoaContextWithOIDC, audience: string, client: Client): ResourceServer => {
    const ofBff = exchangeableAudience(client.clientId) !== undefined;
    if (ofBff ? !serviceAudiences.has(audience) : !audiencesOf(client.clientId).includes(audience)) throw new this.#errors.InvalidTarget();
    const scopes = ofBff ? serviceClientScopes : [...userScopes, operatorScope];
    // The provider would drop what is too much without a word.
    const excess = ofBff ? [...ctx.oidc.requestParamScopes].find((scope) => !scopes.includes(scope)) : undefined;
    if (excess !== undefined) throw new this.#errors.InvalidScope('not for this client', excess);
    return {
      audience,
      scope: scopes.join(' '),
      accessTokenFormat: 'jwt',
      accessTokenTTL: ofBff ? serviceTokenSeconds : this.#userTokenSeconds(),
      jwt: { sign: { alg: 'RS256' } },
    };
  };
}
