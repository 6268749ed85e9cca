import type { ClaimSet } from './sign-token.js';

/** How a client is to be known to the push service. */
export interface ClientAccessOptions {
  /** Whose connection it is: sends to this user reach it. Nobody's by default. */
  readonly userId?: string | undefined;
  /** More of the user, which events bring along. */
  readonly claims?: ClaimSet | undefined;
  /** For how long the client may connect and send, in minutes; 60 by default. */
  readonly minutes?: number | undefined;
  /** Whether its connection ends with that time; it may come back with a new token. Default: false. */
  readonly closeAtEnd?: boolean | undefined;
}

/** What a negotiation is answered with, so that the client goes on at the push service. */
export interface ClientAccess {
  readonly url: string;
  readonly accessToken: string;
}
