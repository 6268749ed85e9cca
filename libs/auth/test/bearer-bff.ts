import { isPorticoError, type Caller, type Endpoint, type PorticoError, type RequestFacts, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { accessDeclarations, AccessOptions, authenticate, authorize, DpopOptions, DpopVerifier, MemoryReplayStore, TokenVerifier, type DpopVerifierDeps, type Revocations } from '../src/index.js';
import { fetchJson, type LittleIssuer } from './little-issuer.js';
import type { ProofMaker } from './proof-maker.js';

/** What a request was answered with, as far as policies decide about it. */
export interface Answered {
  /** 200 where it was let through. */
  readonly status: number;
  readonly challenge: string | undefined;
  readonly caller: Caller;
  readonly error: PorticoError | undefined;
}

export interface BearerBffOptions {
  readonly issuer: LittleIssuer;
  readonly clock?: ManualClock;
  readonly audience?: string;
  /** Whether DPoP is taken; true by default. */
  readonly dpop?: boolean;
  readonly dpopOptions?: Partial<DpopOptions>;
  readonly dpopDeps?: Partial<DpopVerifierDeps>;
  readonly revocations?: Revocations;
}

/** The policies of a BFF for native clients, in front of one route that needs the scope `shop.read`. */
export class BearerBff {
  readonly clock: ManualClock;
  readonly verifier: TokenVerifier;
  readonly #endpoint: Endpoint;
  readonly #policies;

  constructor({ issuer, clock = new ManualClock(), audience = 'bff', dpop = true, dpopOptions, dpopDeps, revocations }: BearerBffOptions) {
    this.clock = clock;
    this.verifier = new TokenVerifier({ issuer: issuer.url, audience, jwksUri: issuer.jwksUri }, { clock, fetchJson, revocations });
    const proofs = new DpopVerifier(Object.assign(new DpopOptions(), dpopOptions), { clock, replays: new MemoryReplayStore({ clock }), ...dpopDeps });
    const resolve = ((token: unknown) => (token === DpopVerifier ? proofs : this.verifier)) as unknown as Resolve;
    const declared = accessDeclarations(Object.assign(new AccessOptions(), { scopes: ['shop.read'] }));
    this.#endpoint = { kind: 'route', name: 'orders', method: '', path: '/orders', declared: <T>(key: string) => declared.get(key) as T | undefined };
    this.#policies = [authenticate({ dpop }), authorize()].map((policy) => policy.compile(this.#endpoint, resolve));
  }

  /** Asks for `/orders` at `http://bff.example`, unless the facts say otherwise. */
  async ask(headers: RequestFacts['headers'], facts: Partial<RequestFacts> = {}): Promise<Answered> {
    const context = testContext({ endpoint: this.#endpoint, url: '/orders', ...facts, headers: { host: 'bff.example', ...headers } });
    try {
      for (const steps of this.#policies) await steps?.inbound?.(context);
      return { status: 200, challenge: undefined, caller: context.caller, error: undefined };
    } catch (thrown) {
      if (!isPorticoError(thrown)) throw thrown;
      const error = this.#policies.reduce((current, steps) => steps?.onError?.(context, current) ?? current, thrown);
      return { status: error.status, challenge: error.headers?.['www-authenticate'], caller: context.caller, error };
    }
  }

  /** Asks with a free token. */
  bearer(token: string): Promise<Answered> {
    return this.ask({ authorization: `Bearer ${token}` });
  }

  /** Asks with a bound token, and a good proof unless it is given. */
  bound(token: string, client: ProofMaker, proof = client.proof(token, 'GET', 'https://bff.example/orders'), facts: Partial<RequestFacts> = {}): Promise<Answered> {
    return this.ask({ authorization: `DPoP ${token}`, dpop: proof }, facts);
  }
}
