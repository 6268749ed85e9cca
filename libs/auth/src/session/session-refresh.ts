import { isPorticoError } from '@portico/core';
import { withLease } from './held-lease.js';
import { isGrantEnded, providerUnavailable } from './provider-failure.js';
import type { ProviderTokens } from './provider-tokens.js';
import { refreshTime } from './refresh-time.js';
import { sessionMissing, sessionsUnavailable } from './session-failure.js';
import type { SessionTokensDeps, SessionTokensOptions } from './session-tokens.options.js';
import type { SessionChange, WebSession } from './web-session.js';

const pauseMs = 50;
const attempts = 10;

/** Replaces the access token of a session, alone over all replicas. */
export class SessionRefresh {
  readonly #deps: SessionTokensDeps;
  readonly #leaseMs: number;
  readonly #waitMs: number;

  constructor(deps: SessionTokensDeps, { leaseMs = 3_000, waitMs = 15_000 }: SessionTokensOptions) {
    this.#deps = deps;
    this.#leaseMs = leaseMs;
    this.#waitMs = waitMs;
  }

  /** A token that is not due, by whoever replaced it. Rejects with PorticoErrors only. */
  async token(id: string, key: string): Promise<string> {
    try {
      return await this.#awaitTurn(id, key);
    } catch (error) {
      throw isPorticoError(error) ? error : sessionsUnavailable(error);
    }
  }

  async #awaitTurn(id: string, key: string): Promise<string> {
    const { lease, clock } = this.#deps;
    const giveUpAt = clock.now() + this.#waitMs;
    for (;;) {
      const session = await this.#read(id);
      if (!this.#isDue(session)) return session.accessToken;
      const held = await lease.acquire(`refresh:${key}`, this.#leaseMs);
      if (held) return withLease(held, this.#leaseMs, clock, () => this.#alone(id));
      if (clock.now() >= giveUpAt) throw providerUnavailable(new Error('Another replica is refreshing for too long'));
      await this.#pause();
    }
  }

  async #alone(id: string): Promise<string> {
    // Somebody else may have been first while this one waited.
    const session = await this.#read(id);
    if (!this.#isDue(session)) return session.accessToken;
    const { store, provider } = this.#deps;
    if (session.refreshToken === '') return this.#end(id, 'There is nothing to refresh with');
    let tokens: ProviderTokens;
    try {
      tokens = await provider.refresh(session.refreshToken);
    } catch (error) {
      if (!isGrantEnded(error)) throw providerUnavailable(error);
      // A replica that lost its lease may have been faster: then what it got is good.
      const now = await store.read(id);
      if (now && now.refreshToken !== session.refreshToken) return now.accessToken;
      return this.#end(id, 'The provider ended it');
    }
    if (tokens.claims && tokens.claims.sub !== session.sub) return this.#end(id, 'The refresh brought another user');
    return this.#keep(id, session, tokens);
  }

  // The former refresh token is used up: the new one must be kept, whatever else changes the session meanwhile, and though the store fails for a moment.
  async #keep(id: string, before: WebSession, tokens: ProviderTokens): Promise<string> {
    const { store } = this.#deps;
    let session: WebSession | undefined = before;
    let failure: unknown;
    for (let attempt = 0; session && attempt < attempts; attempt++) {
      try {
        if (await store.update(id, session.revision, this.#change(session, tokens))) return tokens.accessToken;
        session = await store.read(id);
      } catch (error) {
        failure = error;
        await this.#pause();
      }
    }
    if (session) throw sessionsUnavailable(failure);
    // It was ended meanwhile, and nobody else knows this token.
    if (tokens.refreshToken !== '') await this.#deps.provider.revoke(tokens.refreshToken).catch(() => {});
    throw sessionMissing('The session has ended');
  }

  #change(session: WebSession, tokens: ProviderTokens): SessionChange {
    const { clock, random, limits } = this.#deps;
    const now = clock.epochMs();
    const rotated = tokens.refreshToken !== '';
    const refreshTokenEndsAtMs = tokens.refreshLifeMs === undefined ? session.refreshTokenEndsAtMs : Math.min(session.endsAtMs, now + tokens.refreshLifeMs);
    return {
      accessToken: tokens.accessToken,
      accessTokenEndsAtMs: now + tokens.accessLifeMs,
      refreshAtMs: refreshTime(now, tokens.accessLifeMs, random),
      refreshTokenEndsAtMs,
      expiresAtMs: limits.expiresAtMs({ endsAtMs: session.endsAtMs, refreshTokenEndsAtMs }, session.lastSeenAtMs),
      ...(rotated ? { refreshToken: tokens.refreshToken } : {}),
      ...(tokens.idToken === '' ? {} : { idToken: tokens.idToken }),
      ...(tokens.scope === undefined ? {} : { scope: tokens.scope }),
    };
  }

  async #read(id: string): Promise<WebSession> {
    const session = await this.#deps.store.read(id);
    if (!session) throw sessionMissing('The session has ended');
    return session;
  }

  async #end(id: string, reason: string): Promise<never> {
    await this.#deps.store.delete(id);
    throw sessionMissing(reason);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => void this.#deps.clock.schedule(resolve, pauseMs));
  }

  #isDue({ refreshAtMs }: WebSession): boolean {
    return this.#deps.clock.epochMs() >= refreshAtMs;
  }
}
