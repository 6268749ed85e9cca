import type { Awaitable } from './policy.js';
import type { RequestContext } from './request-context.js';

/** For whom a token is that lets a gateway's calls in at a service. */
export interface ServiceTokenTarget {
  /** The service as the token names it (`aud`). */
  readonly audience: string;
  /** Whether calls are made on behalf of the user who asks, or always in the gateway's own name. */
  readonly onBehalfOf: 'caller' | 'gateway';
  /** Scopes that are asked for, set apart by spaces; empty: all that can be had. */
  readonly scope: string;
}

/** What a gateway shows one service to be let in. */
export interface ServiceCredential {
  /**
   * Value of the `Authorization` field. A promise only when a token has to be got first.
   * @param context the request on whose behalf the call is made; without one it is made in the gateway's own name
   * @throws PorticoError: AUTHORITY_UNAVAILABLE when the issuer cannot be asked, TOKEN_INVALID when it does not accept the caller's token; also as a rejection
   */
  of(context: RequestContext | undefined): Awaitable<string>;
  /** Says that the service did not accept it: it is not shown again. */
  refused(authorization: string): void;
}

/** The credential for a target; undefined where the gateway has none to show. For use at start. */
export type ServiceCredentials = (target: ServiceTokenTarget) => ServiceCredential | undefined;
