import type { HubConnection } from '@microsoft/signalr';
import { connectHub } from '@portico/realtime/testing';
import { afterEach } from 'vitest';
import type { WithShop } from './with-shop.js';

/** A client of a hub, and what it has heard. */
export interface HubListener {
  readonly connection: HubConnection;
  readonly heard: readonly (readonly [event: string, value: unknown])[];
}

export interface HubListenersOptions {
  /** Path of the hub. */
  readonly path: string;
  /** The events that are listened for. */
  readonly events: readonly string[];
  /** What a page says where it comes from; apps say nothing. */
  readonly origin?: string;
}

/** Connects to the hub of a BFF as a user, or as nobody; what it opens is closed after each test. */
export function hubListeners(given: WithShop, { path, events, origin }: HubListenersOptions): (wish?: { user: string; scope?: string }) => Promise<HubListener> {
  const open: HubConnection[] = [];
  afterEach(async () => void (await Promise.all(open.splice(0).map((connection) => connection.stop()))));
  return async (wish) => {
    const heard: [string, unknown][] = [];
    const connection = await connectHub(given.bff.url + path, {
      headers: wish ? given.bff.signedIn(wish) : {},
      ...(origin !== undefined && { origin }),
      prepare: (each) => events.forEach((event) => each.on(event, (value: unknown) => void heard.push([event, value]))),
    });
    open.push(connection);
    return { connection, heard };
  };
}
