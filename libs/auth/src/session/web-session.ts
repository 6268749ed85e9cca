/** What is known of one login of a browser. It stays on the server: the browser has the id only. Times are ms since the Unix epoch. */
export interface WebSession {
  /** The user, as the identity provider names him. */
  readonly sub: string;
  /** The provider's id of the session (OpenID Connect Back-Channel Logout 2.1), or one made here where it names none. */
  readonly sid: string;
  /** For `id_token_hint` only. */
  readonly idToken: string;
  readonly accessToken: string;
  readonly accessTokenEndsAtMs: number;
  /** From when on the access token is replaced. */
  readonly refreshAtMs: number;
  /** Empty where the provider gave none. */
  readonly refreshToken: string;
  /** When the refresh token ends, as far as the provider said; otherwise `endsAtMs`. */
  readonly refreshTokenEndsAtMs: number;
  /** Granted scopes, set apart by spaces. */
  readonly scope: string;
  /** What the user may know of himself, and policies decide by. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly createdAtMs: number;
  /** Last use that was noted; uses within a minute of it are not. */
  readonly lastSeenAtMs: number;
  /** The absolute limit: nothing extends it. */
  readonly endsAtMs: number;
  /** When the session ends unless it is used again; never after `endsAtMs` and `refreshTokenEndsAtMs`. */
  readonly expiresAtMs: number;
  /** Counts the changes; an update names the one it is based on. */
  readonly revision: number;
}

/** A session that is about to begin. */
export type NewWebSession = Omit<WebSession, 'revision'>;

/** What can change of a session while it lasts. */
export type SessionChange = Partial<
  Pick<WebSession, 'idToken' | 'accessToken' | 'accessTokenEndsAtMs' | 'refreshAtMs' | 'refreshToken' | 'refreshTokenEndsAtMs' | 'scope' | 'lastSeenAtMs' | 'expiresAtMs'>
>;
