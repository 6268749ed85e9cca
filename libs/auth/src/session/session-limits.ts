import type { WebSession } from './web-session.js';

/** How long sessions last, in ms. */
export interface SessionLimitOptions {
  /** Without a request; 30 minutes by default. */
  readonly idleMs?: number;
  /** In all; 8 hours by default. */
  readonly absoluteMs?: number;
}

const noteEveryMs = 60_000;

/** Decides when sessions end. */
export class SessionLimits {
  readonly absoluteMs: number;
  readonly #idleMs: number;

  constructor({ idleMs = 1_800_000, absoluteMs = 28_800_000 }: SessionLimitOptions = {}) {
    this.absoluteMs = absoluteMs;
    this.#idleMs = idleMs;
  }

  /** When a session last used at `lastSeenAtMs` ends unless it is used again. */
  expiresAtMs({ endsAtMs, refreshTokenEndsAtMs }: Pick<WebSession, 'endsAtMs' | 'refreshTokenEndsAtMs'>, lastSeenAtMs: number): number {
    return Math.min(endsAtMs, refreshTokenEndsAtMs, lastSeenAtMs + this.#idleMs);
  }

  /** Whether a use at `nowMs` is worth noting: at most once a minute, which makes the idle limit end up to that much early. */
  isNoteworthy({ lastSeenAtMs }: WebSession, nowMs: number): boolean {
    return nowMs - lastSeenAtMs >= Math.min(noteEveryMs, this.#idleMs / 2);
  }
}
