import type { DeepPartial } from '@portico/config';
import { createGateway, type Gateway, type GatewayConfig, type GatewayDefinition } from '@portico/gateway';
import request from 'supertest';
import { edgeCertificate, startEdgeBefore, type EdgeBefore } from './edge-before.js';
import { sessionOf } from './session-of.js';
import { startTestIssuer, type TestIssuer, type TokenWish } from './test-issuer.js';

/** A BFF that really listens, on a free port, with a token issuer of its own; behind the real edge where {@link edgeCertificate} says so. */
export class TestGateway {
  /** Where its clients reach it. Its own address is `gateway.url`, for what stands inside with it, as Prometheus does. */
  readonly url: string;
  readonly gateway: Gateway;
  readonly issuer: TestIssuer;
  readonly #audience: string;
  readonly #hasSessions: boolean;
  readonly #edge: EdgeBefore | undefined;

  constructor(gateway: Gateway, issuer: TestIssuer, audience: string, hasSessions = false, edge?: EdgeBefore) {
    this.url = edge?.url ?? gateway.url;
    this.#edge = edge;
    this.gateway = gateway;
    this.issuer = issuer;
    this.#audience = audience;
    this.#hasSessions = hasSessions;
  }

  /** Requests without a credential. */
  get anonymous(): ReturnType<typeof request> {
    return request(this.url);
  }

  /** An access token for this BFF. */
  token(wish: Omit<TokenWish, 'audience'> = {}): string {
    return this.issuer.token({ ...wish, audience: this.#audience });
  }

  /** Fields of a request of somebody who has signed in: the cookie of a session where the BFF has sessions, else an access token. */
  signedIn(wish: Omit<TokenWish, 'audience'> = {}): Readonly<Record<string, string>> {
    const cookie = this.#sessionCookie(wish);
    return cookie === undefined ? { authorization: `Bearer ${this.token(wish)}` } : { cookie, 'x-csrf': '1' };
  }

  /** Requests of somebody who has signed in: `bff.as({ user: 'c-bob' }).get('/api/home')`. */
  as(wish: Omit<TokenWish, 'audience'> = {}): ReturnType<typeof request.agent> {
    return request.agent(this.url).set(this.signedIn(wish)) as ReturnType<typeof request.agent>;
  }

  /** Value of a series in `/metrics`; 0 when it is not there. */
  async metric(series: string): Promise<number> {
    const text = await (await fetch(`${this.gateway.url}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
    return line ? Number(line.slice(series.length + 1)) : 0;
  }

  #sessionCookie({ user = 'c-ann', scope = 'shop.read shop.write' }: Omit<TokenWish, 'audience'>): string | undefined {
    if (!this.#hasSessions) return undefined;
    return `portico=${sessionOf(this.gateway, user, scope)}`;
  }

  async close(): Promise<void> {
    await this.#edge?.close();
    await this.gateway.close();
    await this.issuer.close();
  }
}

/** Starts a BFF for tests: quiet, on a free port, with an issuer of its own unless `overrides` names one, and the edge before it where `npm test` runs the specs through it. `origins` says where its services are. */
export async function startTestGateway<C extends GatewayConfig>(
  definition: GatewayDefinition<C>,
  origins: Readonly<Record<string, string>>,
  overrides: DeepPartial<C> = {} as DeepPartial<C>,
): Promise<TestGateway> {
  const tls = edgeCertificate();
  const issuer = await startTestIssuer();
  const config = new definition.config() as C;
  const { services, auth } = config;
  const wanted = (overrides as DeepPartial<GatewayConfig>).services ?? {};
  const gateway = await createGateway(definition, {
    env: {},
    overrides: {
      ...overrides,
      port: 0,
      ...(tls !== undefined && { http: { trustedProxies: ['127.0.0.1'], ...(overrides as DeepPartial<GatewayConfig>).http } }),
      log: { level: 'silent', ...(overrides as DeepPartial<GatewayConfig>).log },
      // A test that wants tokens for services says so: most have no issuer that would give them.
      serviceClient: { clientId: '', ...(overrides as DeepPartial<GatewayConfig>).serviceClient },
      auth: { issuer: issuer.origin, ...(overrides as DeepPartial<GatewayConfig>).auth },
      services: Object.fromEntries(Object.keys(services).map((name) => [name, { ...wanted[name], instances: [origins[name] ?? 'http://127.0.0.1:1'] }])),
    } as unknown as DeepPartial<C>,
  });
  const edge = tls === undefined ? undefined : await startEdgeBefore(new URL(gateway.url).host, tls);
  return new TestGateway(gateway, issuer, auth.audience, 'session' in config, edge);
}
