import { RequestQuery, invalid } from './request-query.js';
import { redirectTo, type SessionEndpoint } from './session-endpoint.js';
import type { SessionSite } from './session-site.js';
import { singleCookie } from './single-cookie.js';
import type { WebLogin } from './web-login.js';

const prompts = ['none', 'login', 'consent', 'select_account'];

/** `login`: sends the browser to the identity provider. Query: `returnUrl`, a local address, and `prompt` (OpenID Connect Core 3.1.2.1). */
export function loginEndpoint(login: WebLogin, site: SessionSite): SessionEndpoint {
  return async (request) => {
    site.assertSecure(request);
    const query = new RequestQuery(request.url, ['returnUrl', 'prompt']);
    const prompt = query.value('prompt');
    if (prompt !== undefined && !prompts.includes(prompt)) throw invalid('prompt', `must be one of ${prompts.join(', ')}`);
    return begin(login, site, query.returnUrl(), prompt, request.headers['cookie']);
  };
}

/** `silent-login`: the same in a frame, without asking the user; the page `silent-login-callback` tells how it ended. */
export function silentLoginEndpoint(login: WebLogin, site: SessionSite): SessionEndpoint {
  return async (request) => {
    site.assertSecure(request);
    void new RequestQuery(request.url, []);
    return begin(login, site, site.silentPage, 'none', request.headers['cookie']);
  };
}

async function begin(login: WebLogin, { cookies }: SessionSite, returnUrl: string, prompt: string | undefined, cookie: string | string[] | undefined) {
  // The callback comes from the provider's site, so that the browser keeps the strict cookie to itself then.
  const former = singleCookie(cookie, cookies.sessionName);
  const { location, transaction } = await login.begin({ returnUrl, prompt, former });
  return redirectTo(location, cookies.transaction(transaction, login.limitMs));
}
