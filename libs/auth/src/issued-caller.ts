import type { Caller } from '@portico/core';

/** Name of the issuer whom the gateway's own configuration names. */
export const defaultIssuer = 'default';

/** A caller who knows by whose word he is known. */
export interface IssuedCaller extends Caller {
  /** Name that the configuration gives to the issuer of the token; `default` for the gateway's own. */
  readonly issuer: string;
}

/** Name of the issuer of a caller's token; empty for who is anonymous. */
export function issuerOf(caller: Caller): string {
  return (caller as Partial<IssuedCaller>).issuer ?? '';
}
