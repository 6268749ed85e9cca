/** What this gateway must know again when the user comes back from the identity provider. */
export interface LoginTransaction {
  readonly state: string;
  readonly nonce: string;
  /** PKCE code verifier (RFC 7636 4.1). */
  readonly verifier: string;
  /** A local address, as given. */
  readonly returnUrl: string;
  /** Whether the user must not be asked (`prompt=none`), and coming back without a login is no fault. */
  readonly silent: boolean;
  /** Id of the session that this login replaces; empty when there is none. */
  readonly former: string;
  /** Ms since the Unix epoch. */
  readonly endsAtMs: number;
}
