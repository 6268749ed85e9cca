/** Who is asking, once authenticated. */
export interface Caller {
  readonly kind: 'anonymous' | 'user' | 'client';
  /** Stable id of the user or client application; empty for anonymous. */
  readonly id: string;
  /** OAuth client through which the caller came; empty for anonymous. */
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  /** Verified claims of the credential. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** Key that separates this caller from every other one: cache and limit keys are built with it. */
  readonly key: string;
}

/** The caller of a request that carries no credential. */
export const anonymousCaller: Caller = Object.freeze({
  kind: 'anonymous',
  id: '',
  clientId: '',
  scopes: new Set<string>(),
  claims: Object.freeze({}),
  key: '',
});
