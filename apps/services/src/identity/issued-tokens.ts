import type { Provider } from 'oidc-provider';
import type { MemoryStore } from './memory-adapter.js';
import { exchangeableAudience } from './service-clients.js';

/** What is remembered of a user's access token beside what it says itself. */
export interface IssuedToken {
  readonly grantId: string;
  readonly sessionUid?: string | undefined;
  readonly sid?: string | undefined;
}

/**
 * Which of the users' access tokens have not been revoked. The provider forgets a JWT once it is issued; here it is kept
 * with its grant, so that whatever ends the grant, as logout does, ends it too.
 */
export class IssuedTokens {
  readonly #records: ReturnType<MemoryStore['adapter']>;

  constructor(store: MemoryStore) {
    this.#records = store.adapter('IssuedToken');
  }

  /** Keeps what the provider issues to clients of users from now on. */
  watch(provider: Provider): void {
    provider.on('access_token.issued', ({ clientId, jti, grantId, sessionUid, extra, expiration }) => {
      if (exchangeableAudience(clientId ?? '') === undefined) void this.#records.upsert(jti, { grantId, sessionUid, ...(typeof extra?.sid === 'string' && { sid: extra.sid }) }, expiration);
    });
  }

  /** What is known of the token with that `jti`; undefined if it was revoked, has expired or was never issued. */
  async find(jti: string): Promise<IssuedToken | undefined> {
    return (await this.#records.find(jti)) as IssuedToken | undefined;
  }
}
