import type { TokenVerifierDeps } from '@portico/auth';
import { systemClock } from '@portico/core';
import type { HttpServiceLoader } from './http-service-loader.js';

/** What the verifier of access tokens needs: the machine's clock, and Nest's HttpService for what issuers publish, loaded on first use. */
export function verifierDependencies(http: HttpServiceLoader): TokenVerifierDeps {
  return { clock: systemClock, fetchJson: async (url) => (await (await http.load()).axiosRef.get<unknown>(url)).data };
}
