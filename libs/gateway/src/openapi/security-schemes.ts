import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SessionGate } from '@portico/auth';
import { GatewayConfig } from '../gateway.config.js';

/** The ways in which callers of a gateway say who they are. */
export type SchemeName = 'bearer' | 'session' | 'csrf' | 'apiKey';

type Scheme = NonNullable<NonNullable<OpenAPIObject['components']>['securitySchemes']>[string];

/** The security schemes of OpenAPI 3.0 that have the given names. Access tokens are told by where they come from, for that scheme alone may name scopes. */
export function securitySchemes(app: INestApplication, names: Iterable<SchemeName>): Record<string, Scheme> {
  const { auth, apiKeys } = app.get(GatewayConfig);
  const schemes: Readonly<Record<SchemeName, () => Scheme>> = {
    bearer: () => ({ type: 'openIdConnect', openIdConnectUrl: `${auth.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, description: 'Access token of that issuer, in the field `authorization`.' }),
    session: () => ({ type: 'apiKey', in: 'cookie', name: app.get(SessionGate, { strict: false }).cookieName, description: 'Session cookie: whoever signs in gets it.' }),
    csrf: () => ({ type: 'apiKey', in: 'header', name: 'x-csrf', description: 'Always `1`. Every request with the session cookie needs it, those for public operations too: pages of other sites cannot send it.' }),
    apiKey: () => ({ type: 'apiKey', in: 'header', name: apiKeys.header, description: "API key of a partner's application." }),
  };
  return Object.fromEntries(Array.from(names, (name) => [name, schemes[name]()]));
}
