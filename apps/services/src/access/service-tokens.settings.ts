/** Whether services look at tokens: a call without one is refused, let through, or nobody looks. */
export const tokenModes = ['required', 'optional', 'off'] as const;

/** Whether services look at tokens. */
export type TokenMode = (typeof tokenModes)[number];

/** By what a service judges the tokens it is called with. */
export interface ServiceTokenSettings {
  /** `optional` by default: a token that is sent must be good. */
  readonly mode?: TokenMode;
  /** `iss` of good tokens; by default that of the identity service in this process. */
  readonly issuer?: string;
  /** Where the issuer publishes its keys; by default `/jwks` at the identity service in this process, else at the issuer. */
  readonly jwksUri?: string;
}

/** Who issues tokens, and where its keys are. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly jwksUri: string;
}
