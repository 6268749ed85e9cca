import { systemRandom, type ServiceCredential, type ServiceTokenTarget } from '@portico/core';
import { IdentityProvider } from '../session/identity-provider.js';
import type { IdentityProviderDeps, IdentityProviderOptions } from '../session/identity-provider.options.js';
import { ServiceTokenSource, type ServiceTokenSourceDeps } from './service-token-source.js';

export interface ServiceTokenSourcesOptions {
  /** This gateway as a client of the issuer that may exchange tokens, and how it proves to be that. */
  readonly provider: IdentityProviderOptions;
  /** Tokens that are kept for each service. */
  readonly maxEntries: number;
}

export interface ServiceTokenSourcesDeps extends IdentityProviderDeps, Partial<Pick<ServiceTokenSourceDeps, 'random'>> {}

/** The tokens by which a gateway calls its services, a source for each target. */
export class ServiceTokenSources {
  readonly #deps: ServiceTokenSourceDeps;
  readonly #sources = new Map<string, ServiceTokenSource>();

  /** @throws TypeError when the issuer is reached without TLS beyond this machine, or the key does not serve its algorithm */
  constructor({ provider, maxEntries }: ServiceTokenSourcesOptions, { random = systemRandom, ...deps }: ServiceTokenSourcesDeps) {
    this.#deps = { provider: new IdentityProvider(provider, deps), clock: deps.clock, random, maxEntries };
  }

  /** The credential for a target; services with the same one share their tokens. */
  readonly credential = (target: ServiceTokenTarget): ServiceCredential => {
    const { audience, onBehalfOf, scope } = target;
    const key = JSON.stringify([audience, onBehalfOf, scope]);
    let source = this.#sources.get(key);
    if (!source) this.#sources.set(key, (source = new ServiceTokenSource({ audience, onBehalfOf, scope }, this.#deps)));
    return source;
  };

  /** Gets the gateway's own tokens before calls need them. Never rejects. */
  async prefetch(): Promise<void> {
    await Promise.all([...this.#sources.values()].map((source) => source.prefetch()));
  }
}
