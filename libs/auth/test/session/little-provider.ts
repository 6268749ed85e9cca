import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ManualClock } from '@portico/core/testing';
import { newKey, signToken, type IssuerKey } from '../little-issuer.js';
import { isAssertion } from './client-assertion.js';

type Members = Record<string, unknown>;

interface Grant {
  readonly sub: string;
  readonly sid: string;
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly redirectUri: string | null;
}

/** An OpenID provider for one confidential client, with strict rotation of refresh tokens: a second use ends the family. */
export class LittleProvider {
  readonly clientId = 'web-bff';
  readonly clientKey = newKey('client-1', 'ES256');
  readonly key: IssuerKey = newKey('provider-1');
  readonly #clock: ManualClock;
  readonly #server: Server;
  readonly #codes = new Map<string, Grant>();
  readonly #refreshTokens = new Map<string, Grant>();
  readonly #used = new Set<string>();
  readonly #ended = new Set<Grant>();
  /** Bodies that the token endpoint got, in order. */
  readonly tokenRequests: URLSearchParams[] = [];
  readonly revoked: string[] = [];
  /** Every connection is cut. */
  down = false;
  /** Status of the token endpoint, in place of an answer. */
  tokenStatus: number | undefined = undefined;
  /** How long a token request takes, by the clock. */
  delayMs = 0;
  /** What ID tokens have in place of the right members. */
  tamper: { readonly header?: Members; readonly claims?: Members; readonly key?: IssuerKey } = {};
  /** Further members of the token endpoint's answer. */
  extra: Members = {};
  withRefreshToken = true;
  accessLifeS = 60;
  user = { sub: 'alice', sid: 's-1' };

  private constructor(clock: ManualClock) {
    this.#clock = clock;
    this.#server = createServer((request, response) => void this.#serve(request, response).catch(() => response.destroy()));
  }

  static async start(clock: ManualClock): Promise<LittleProvider> {
    const provider = new LittleProvider(clock);
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How often tokens were asked for with a refresh token. */
  get refreshes(): number {
    return this.tokenRequests.filter((form) => form.get('grant_type') === 'refresh_token').length;
  }

  /** Where the browser is sent when the user logs in at `authorizationUrl`, or with an `error` when he does not. */
  answerOf(authorizationUrl: string, error?: string): URL {
    const asked = new URL(authorizationUrl).searchParams;
    const back = new URL(asked.get('redirect_uri') ?? '');
    const code = randomUUID();
    this.#codes.set(code, { ...this.user, nonce: asked.get('nonce'), challenge: asked.get('code_challenge'), redirectUri: asked.get('redirect_uri') });
    for (const [name, value] of Object.entries({ ...(error ? { error } : { code }), state: asked.get('state') ?? '', iss: this.url })) back.searchParams.set(name, value);
    return back;
  }

  /** Ends what was granted, as an administrator would. */
  endGrants(): void {
    for (const grant of this.#refreshTokens.values()) this.#ended.add(grant);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.down) return void request.socket.destroy();
    const send = (status: number, body: unknown): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const { url } = this;
    if (request.url === '/.well-known/openid-configuration') {
      const endpoints = { authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, revocation_endpoint: `${url}/revoke`, end_session_endpoint: `${url}/end`, jwks_uri: `${url}/keys` };
      return send(200, { issuer: url, ...endpoints, authorization_response_iss_parameter_supported: true, code_challenge_methods_supported: ['S256'] });
    }
    if (request.url === '/keys') return send(200, { keys: [{ ...this.key.publicKey.export({ format: 'jwk' }), kid: this.key.kid, alg: this.key.alg, use: 'sig' }] });
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = new URLSearchParams(text);
    if (!isAssertion(form, this.clientKey, this.clientId, url)) return send(401, { error: 'invalid_client' });
    if (request.url === '/revoke') {
      this.revoked.push(form.get('token') ?? '');
      return void response.writeHead(200).end();
    }
    this.tokenRequests.push(form);
    if (this.delayMs > 0) await new Promise<void>((resolve) => void this.#clock.schedule(resolve, this.delayMs));
    if (this.tokenStatus !== undefined) return send(this.tokenStatus, { error: 'server_error', error_description: 'secret of the provider' });
    const grant = this.#granted(form);
    return grant ? send(200, this.#tokens(grant)) : send(400, { error: 'invalid_grant', error_description: 'secret of the provider' });
  }

  #granted(form: URLSearchParams): Grant | undefined {
    const kind = form.get('grant_type') === 'refresh_token' ? 'refresh_token' : 'code';
    const text = form.get(kind) ?? '';
    const grant = (kind === 'code' ? this.#codes : this.#refreshTokens).get(text);
    if (!grant || this.#ended.has(grant)) return undefined;
    if (this.#used.has(text)) {
      this.#ended.add(grant);
      return undefined;
    }
    this.#used.add(text);
    if (kind === 'refresh_token') return grant;
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    return challenge === grant.challenge && form.get('redirect_uri') === grant.redirectUri ? grant : undefined;
  }

  #tokens(grant: Grant): Members {
    const iat = Math.floor(this.#clock.epochMs() / 1_000);
    const { header = {}, claims = {}, key = this.key } = this.tamper;
    const plain = { iss: this.url, aud: this.clientId, sub: grant.sub, sid: grant.sid, nonce: grant.nonce, iat, exp: iat + 600, name: 'Alice', email: 'alice@shop.example' };
    const refreshToken = `refresh-${randomUUID()}`;
    this.#refreshTokens.set(refreshToken, grant);
    return {
      access_token: `access-${randomUUID()}`,
      token_type: 'Bearer',
      expires_in: this.accessLifeS,
      id_token: signToken(key, { typ: 'JWT', ...header }, { ...plain, ...claims }),
      ...(this.withRefreshToken ? { refresh_token: refreshToken } : {}),
      scope: 'openid shop.read',
      ...this.extra,
    };
  }
}
