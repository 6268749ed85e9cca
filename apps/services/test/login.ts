import { createHash, randomBytes } from 'node:crypto';
import { audiences, type BffName } from '../src/identity/audience.js';
import { CookieJar } from '../src/identity/cookie-jar.js';

/** What a login was started with and what came of it. */
export interface Login {
  readonly response: Response;
  readonly verifier: string;
  /** Where the last redirect led. */
  readonly location: URL | undefined;
  readonly jar: CookieJar;
}

/** Starts a login with the given changes to a correct request and follows it until a page or a foreign address. */
export async function login(issuer: string, changes: Record<string, string | undefined> = {}, bff: BffName = 'mobile', jar = new CookieJar()): Promise<Login> {
  const verifier = randomBytes(32).toString('base64url');
  const query: Record<string, string | undefined> = {
    response_type: 'code',
    client_id: 'portico-cli',
    redirect_uri: 'http://127.0.0.1:55555/callback',
    scope: 'openid shop.read shop.write',
    resource: audiences[bff],
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    login_hint: 'ann',
    ...changes,
  };
  let next = new URL(`/auth?${new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined))}`, issuer);
  for (;;) {
    const response = await fetch(next, { redirect: 'manual', headers: { cookie: jar.header() } });
    jar.keep(response);
    const location = response.headers.get('location');
    const target = location === null ? undefined : new URL(location, next);
    if (target?.origin !== issuer) return { response, verifier, location: target, jar };
    next = target;
  }
}

/** Asks the token endpoint as a public client, unless form or headers say otherwise. */
export async function askToken(issuer: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(`${issuer}/token`, { method: 'POST', headers, body: new URLSearchParams({ client_id: 'portico-cli', ...form }) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Exchanges the code of a finished login. */
export function redeem(issuer: string, { location, verifier }: Login, changes: Record<string, string> = {}, headers: Record<string, string> = {}): ReturnType<typeof askToken> {
  return askToken(issuer, { grant_type: 'authorization_code', code: location?.searchParams.get('code') ?? '', redirect_uri: 'http://127.0.0.1:55555/callback', code_verifier: verifier, ...changes }, headers);
}

/** Signs out at the provider as a user does who presses the button; returns where the browser is sent. */
export async function signOut(issuer: string, jar: CookieJar, query: Record<string, string> = {}): Promise<string | null> {
  const asked = await fetch(`${issuer}/session/end?${new URLSearchParams(query)}`, { headers: { cookie: jar.header() } });
  jar.keep(asked);
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(await asked.text())?.[1] ?? '';
  const done = await fetch(`${issuer}/session/end/confirm`, { method: 'POST', redirect: 'manual', headers: { cookie: jar.header() }, body: new URLSearchParams({ xsrf, logout: 'yes' }) });
  jar.keep(done);
  return done.headers.get('location');
}
