import { createHash, randomBytes } from 'node:crypto';
import { audiences, bffNames, operatorScope, userScopes, type BffName } from './audience.js';
import { commandLineClients, loopbackRedirect } from './command-line.js';
import { CookieJar } from './cookie-jar.js';
import { TokenError } from './token-error.js';

/** Whose token is wanted, and for what. */
export interface TokenRequest {
  /** `ann`, `bob` or `eve`. */
  readonly user: string;
  /** The BFF the token is for. */
  readonly bff: BffName;
  /** Scopes separated by blanks; by default `openid` and everything the user may have. */
  readonly scope?: string;
  /** Default `http://127.0.0.1:4000`. */
  readonly issuer?: string;
}

const maxRedirects = 8;

/**
 * Signs a user in as a command line would (authorization code with PKCE, RFC 7636 and RFC 8252) and returns the access
 * token. Throws {@link TokenError} with one clear line if that cannot be done.
 */
export async function obtainToken({ user, bff, scope, issuer = 'http://127.0.0.1:4000' }: TokenRequest): Promise<string> {
  if (!bffNames.includes(bff)) throw new TokenError(`unknown BFF "${bff}": choose ${bffNames.join(', ')}`);
  const clientId = commandLineClients[bff];
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const discovered = (await (await ask(issuer, new URL('/.well-known/openid-configuration', issuer))).json().catch(() => ({}))) as Record<string, string>;
  if (!discovered.authorization_endpoint || !discovered.token_endpoint) throw new TokenError(`${issuer} is no OpenID provider`);

  const start = new URL(discovered.authorization_endpoint);
  start.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: loopbackRedirect,
    scope: scope ?? ['openid', ...userScopes, operatorScope].join(' '),
    resource: audiences[bff],
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: user,
  }).toString();

  const answer = await followLogin(issuer, start, user);
  if (answer.get('state') !== state || answer.get('iss') !== discovered.issuer) throw new TokenError('the answer belongs to another login');
  const code = answer.get('code');
  if (code === null) throw new TokenError(`${answer.get('error') ?? 'error'}: ${answer.get('error_description') ?? 'no code was issued'}`);

  const form = { grant_type: 'authorization_code', code, redirect_uri: loopbackRedirect, client_id: clientId, code_verifier: verifier };
  const response = await ask(issuer, new URL(discovered.token_endpoint), { method: 'POST', body: new URLSearchParams(form) });
  const body = (await response.json()) as { access_token?: string; error?: string; error_description?: string };
  if (body.access_token === undefined) throw new TokenError(`${body.error ?? response.status}: ${body.error_description ?? 'no token was issued'}`);
  return body.access_token;
}

/** Goes from redirect to redirect until one leads back to the client; returns its query. */
async function followLogin(issuer: string, start: URL, user: string): Promise<URLSearchParams> {
  const jar = new CookieJar();
  let next = start;
  for (let count = 0; count < maxRedirects; count += 1) {
    const response = await ask(issuer, next, { redirect: 'manual', headers: { cookie: jar.header() } });
    jar.keep(response);
    const location = response.headers.get('location');
    if (location === null) {
      if (response.ok) throw new TokenError(`unknown user "${user}": the identity service asks who that is`);
      const { error, error_description: detail } = (await response.json().catch(() => ({}))) as Record<string, string>;
      throw new TokenError(`${error ?? response.status}: ${detail ?? 'the login was refused'}`);
    }
    next = new URL(location, next);
    if (`${next.origin}${next.pathname}` === loopbackRedirect) return next.searchParams;
  }
  throw new TokenError('the login does not come to an end');
}

async function ask(issuer: string, url: URL, init?: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw new TokenError(`the identity service at ${issuer} does not answer`, { cause });
  }
}
