import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HubConnection } from '@microsoft/signalr';
import type { ClientAccess, ClientAccessOptions, PushEndpoint } from '@portico/realtime';
import { connectHub, type HubClientOptions } from '@portico/realtime/testing';

/** An official client that came by the redirect of a service. */
export interface PushClient {
  readonly connection: HubConnection;
  readonly id: string;
  /** Arguments of the calls of `news`, in their order. */
  readonly heard: unknown[][];
  /** What ended it; undefined as long as it is open. */
  closed: { readonly error: Error | undefined } | undefined;
}

/** Starts a service that answers every negotiation alike, lets `use` work with it, and ends it. */
export async function withRedirect<T>(access: () => ClientAccess, use: (url: string) => Promise<T>): Promise<T> {
  const service = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(access())));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(service.address() as AddressInfo).port}`);
  } finally {
    service.closeAllConnections();
    service.close();
  }
}

/** Connects the official client to a hub of a push service; whoever asks stops it. */
export async function connectPush(push: PushEndpoint, hub: string, access: ClientAccessOptions = {}, options: HubClientOptions = {}): Promise<PushClient> {
  return withRedirect(() => push.clientAccess(hub, access), async (url) => {
    const heard: unknown[][] = [];
    const client: { closed: PushClient['closed'] } = { closed: undefined };
    const connection = await connectHub(url, {
      ...options,
      prepare: (made) => {
        made.on('news', (...args: unknown[]) => void heard.push(args));
        made.onclose((error) => (client.closed = { error }));
      },
    });
    return Object.assign(client, { connection, heard, id: connection.connectionId ?? '' });
  });
}
