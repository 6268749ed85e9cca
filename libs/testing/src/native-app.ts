import { createHash, randomBytes } from 'node:crypto';
import { TestBrowser } from './test-browser.js';

/** What a BFF tells its app at `/bff/client`. */
export interface NativeClientDocument {
  readonly issuer: string;
  readonly client_id: string;
  readonly redirect_uris: readonly string[];
  readonly loopback_port?: 'any';
  readonly scope: string;
  readonly resource: string;
  readonly code_challenge_method: string;
  readonly dpop_signing_alg_values_supported: readonly string[];
}

/** How a sign-in ended: with tokens, or with the status by which the provider refused to begin it. */
export type NativeSignIn = { readonly refused: number } | { readonly accessToken: string; readonly refreshToken: string | undefined; readonly scope: string };

type Members = Readonly<Record<string, string>>;

/** An app that knows nothing but where its BFF is: how it signs in it reads there, the rest from the provider (RFC 8252, OpenID Connect Discovery 1.0). */
export class NativeApp {
  readonly document: NativeClientDocument;
  /** What the provider says of itself. */
  readonly provider: Readonly<Record<string, unknown>>;

  constructor(document: NativeClientDocument, provider: Readonly<Record<string, unknown>>) {
    this.document = document;
    this.provider = provider;
  }

  /** @param bff its origin */
  static async at(bff: string): Promise<NativeApp> {
    const document = (await (await fetch(`${bff}/bff/client`)).json()) as NativeClientDocument;
    const provider = (await (await fetch(`${document.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    return new NativeApp(document, provider);
  }

  /** Signs a user in with the authorization code and PKCE, by way of one redirect URI. */
  async signIn(redirectUri: string, user: string = 'ann'): Promise<NativeSignIn> {
    const { client_id, scope, resource, code_challenge_method } = this.document;
    const verifier = randomBytes(32).toString('base64url');
    const state = randomBytes(16).toString('base64url');
    const start = new URL(String(this.provider['authorization_endpoint']));
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    start.search = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: redirectUri, scope, resource, state, code_challenge: challenge, code_challenge_method, login_hint: user }).toString();
    const { status, location } = await new TestBrowser().visit(start, {}, redirectUri);
    if (location === undefined) return { refused: status };
    const { code, state: returned, iss } = Object.fromEntries(location.searchParams) as Members;
    if (code === undefined || returned !== state || iss !== this.document.issuer) throw new Error(`No answer to this sign-in: ${location.href}`);
    const form = new URLSearchParams({ grant_type: 'authorization_code', client_id, code, redirect_uri: redirectUri, code_verifier: verifier });
    const answer = await fetch(String(this.provider['token_endpoint']), { method: 'POST', body: form });
    const tokens = (await answer.json()) as Members;
    if (!answer.ok) throw new Error(`No tokens: ${JSON.stringify(tokens)}`);
    return { accessToken: tokens['access_token'] ?? '', refreshToken: tokens['refresh_token'], scope: tokens['scope'] ?? '' };
  }
}
