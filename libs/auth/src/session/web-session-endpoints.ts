import { PorticoError } from '@portico/core';
import { backchannelEndpoint, type LogoutTokens } from './backchannel.endpoint.js';
import { callbackEndpoint, type CallbackParts } from './callback.endpoint.js';
import { loginEndpoint, silentLoginEndpoint } from './login.endpoint.js';
import { logoutEndpoint, type LogoutParts } from './logout.endpoint.js';
import type { SessionEndpoint } from './session-endpoint.js';
import type { SessionGate } from './session-gate.js';
import { silentLoginPage } from './silent-login-page.js';
import { userEndpoint } from './user.endpoint.js';

export interface WebSessionEndpointsParts extends CallbackParts, LogoutParts {
  readonly gate: SessionGate;
  readonly logoutTokens: LogoutTokens;
}

/** The endpoints of signing in and out. None of them puts a token into a body, a header or a cookie; `id_token_hint` alone leaves, towards the identity provider. */
export class WebSessionEndpoints {
  /** By path, without query. All take GET, but `backchannel` POST; other methods are refused with METHOD_NOT_ALLOWED, so that they can be mounted for any. */
  readonly byPath: ReadonlyMap<string, SessionEndpoint>;

  constructor(parts: WebSessionEndpointsParts) {
    const { login, site, gate, clock, sessions, logoutTokens } = parts;
    const endpoints: Record<string, SessionEndpoint> = {
      login: onGet(loginEndpoint(login, site)),
      callback: onGet(callbackEndpoint(parts)),
      'silent-login': onGet(silentLoginEndpoint(login, site)),
      'silent-login-callback': onGet(silentLoginPage(site)),
      user: onGet(userEndpoint(gate, site, clock)),
      logout: onGet(logoutEndpoint(parts)),
      backchannel: backchannelEndpoint(logoutTokens, sessions),
    };
    this.byPath = new Map(Object.entries(endpoints).map(([name, endpoint]) => [`${site.prefix}/${name}`, endpoint]));
  }
}

function onGet(endpoint: SessionEndpoint): SessionEndpoint {
  return async (request) => {
    if (request.method !== 'GET') throw new PorticoError('METHOD_NOT_ALLOWED', { headers: { allow: 'GET', 'cache-control': 'no-store' } });
    return endpoint(request);
  };
}
