import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key of the issuer, or of somebody who is none. */
export interface LabKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

function rsaKey(kid: string): LabKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) };
}

/** A token issuer whose keys a test holds: it publishes some of them, and can be stopped. */
export class LabIssuer {
  readonly keys: { readonly a: LabKey; readonly b: LabKey; readonly evil: LabKey } = { a: rsaKey('A'), b: rsaKey('B'), evil: rsaKey('evil') };
  #published: readonly LabKey[] = [this.keys.a];
  #server: Server;
  #port = 0;

  constructor() {
    this.#server = this.#make();
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts it, or starts it again at the same address. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Takes it away: connections are refused. */
  async stop(): Promise<void> {
    const server = this.#server;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    this.#server = this.#make();
  }

  /** Publishes these keys and no others. */
  publish(...keys: readonly LabKey[]): void {
    this.#published = keys;
  }

  #metadata(): object {
    const { origin } = this;
    return { issuer: origin, jwks_uri: `${origin}/jwks`, authorization_endpoint: `${origin}/auth`, token_endpoint: `${origin}/token`, end_session_endpoint: `${origin}/session/end`, authorization_response_iss_parameter_supported: true };
  }

  #make(): Server {
    return createServer((request, response) => {
      const keys = this.#published.map(({ publicKey, kid }) => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }));
      const body = request.url === '/jwks' ? { keys } : this.#metadata();
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
  }
}
