import type { Revocations, WebSessions } from '@portico/auth';
import type { Clock } from '@portico/core';
import { ConnectionWatch, type HubConnection } from '@portico/realtime';
import type { ConnectedCaller } from './connected-caller.js';

export interface CallerWatchDeps {
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'isRevoked'>;
  /** Where callers are known by sessions. */
  readonly sessions: Pick<WebSessions, 'find'> | undefined;
}

/** Ends connections whose callers may not call any more: within a second when the token has ended or was revoked, or the session is over. Clients may come back, with what is good then. */
export class CallerWatch {
  readonly #deps: CallerWatchDeps;
  readonly #watch: ConnectionWatch;

  constructor(deps: CallerWatchDeps) {
    this.#deps = deps;
    this.#watch = new ConnectionWatch(deps.clock, (connections) => this.#look(connections));
  }

  add(connection: HubConnection): void {
    if (connection.caller.kind !== 'anonymous') this.#watch.add(connection);
  }

  async #look(connections: ReadonlySet<HubConnection>): Promise<void> {
    const { clock, revocations, sessions } = this.#deps;
    const now = clock.epochMs();
    const sessionsOfNow = new Map<string, boolean>();
    for (const connection of connections) {
      const { claims, sessionId } = connection.caller as ConnectedCaller;
      const endsAtMs = typeof claims['exp'] === 'number' ? claims['exp'] * 1_000 : Infinity;
      let over = now >= endsAtMs || revocations.isRevoked(claims);
      if (!over && sessions && sessionId !== undefined) {
        let lives = sessionsOfNow.get(sessionId);
        // A store that is down ends nobody's connection: calls are refused meanwhile.
        if (lives === undefined) sessionsOfNow.set(sessionId, (lives = await livesNow(sessions, sessionId)));
        over = !lives;
      }
      if (over) connection.close('You are signed out.', true);
    }
  }
}

async function livesNow(sessions: Pick<WebSessions, 'find'>, id: string): Promise<boolean> {
  try {
    return (await sessions.find(id, false)) !== undefined;
  } catch {
    return true;
  }
}
