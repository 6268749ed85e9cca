import { constants, createHmac, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key pair with its published form. */
export interface IssuerKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function newKey(kid: string, alg = 'RS256', bits = 2048): IssuerKey {
  const pair = alg.startsWith('ES') ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: bits });
  return { kid, alg, ...pair };
}

type Members = Record<string, unknown>;
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Signs as `header.alg` says, whatever else the header holds; a member that is null is left out. */
export function signToken(key: IssuerKey, header: Members, claims: Members): string {
  const present = (members: Members) => Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null));
  const full = present({ alg: key.alg, typ: 'at+jwt', kid: key.kid, ...header });
  const input = `${encode(full)}.${encode(present(claims))}`;
  return `${input}.${signature(String(full['alg']), input, key)}`;
}

function signature(alg: string, input: string, { privateKey, publicKey }: IssuerKey): string {
  const data = Buffer.from(input);
  if (alg.toLowerCase() === 'none') return '';
  if (alg === 'HS256') return createHmac('sha256', publicKey.export({ type: 'spki', format: 'pem' })).update(data).digest('base64url');
  if (alg === 'ES256') return sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  if (alg === 'PS256') return sign('sha256', data, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }).toString('base64url');
  return sign('sha256', data, privateKey).toString('base64url');
}

/** An issuer on a port of its own, which counts who asks for its keys and can be out of order. */
export class LittleIssuer {
  readonly #server: Server;
  keys: IssuerKey[];
  /** Published in place of the keys, when set. */
  document: unknown = undefined;
  down = false;
  keyFetches = 0;
  discoveries = 0;

  private constructor(keys: IssuerKey[]) {
    this.keys = keys;
    this.#server = createServer((request, response) => {
      if (this.down) return void request.socket.destroy();
      response.setHeader('content-type', 'application/json');
      if (request.url === '/.well-known/openid-configuration') {
        this.discoveries++;
        return void response.end(JSON.stringify({ issuer: this.url, jwks_uri: this.jwksUri }));
      }
      this.keyFetches++;
      return void response.end(JSON.stringify(this.document ?? { keys: this.keys.map(published) }));
    });
  }

  static async start(...keys: IssuerKey[]): Promise<LittleIssuer> {
    const issuer = new LittleIssuer(keys);
    await new Promise<void>((resolve) => issuer.#server.listen(0, '127.0.0.1', resolve));
    return issuer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get jwksUri(): string {
    return `${this.url}/keys`;
  }

  /** Claims of a good token for `audience`, issued at `epochMs`. */
  claims(audience: string, epochMs: number): Members {
    const iat = Math.floor(epochMs / 1_000);
    return { iss: this.url, aud: audience, iat, exp: iat + 600, sub: 'alice', client_id: 'mobile-app', jti: randomUUID(), scope: 'shop.read shop.write', sid: 's-1' };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function published({ kid, alg, publicKey }: IssuerKey): Members {
  return { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
}

/** Fetches JSON over the network, as an application's HTTP client would. */
export async function fetchJson(url: string): Promise<unknown> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return answer.json();
}
