import { HttpTransportType, HubConnectionBuilder, JsonHubProtocol, LogLevel, type HubConnection, type IHttpConnectionOptions, type IHubProtocol } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { WebSocket, type ClientOptions } from 'ws';
import { PlainHttpClient } from './plain-http-client.js';

/** How a test connects to a hub. */
export interface HubClientOptions {
  /** Sent with every request over HTTP: the credentials of the negotiation. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly transport?: 'WebSockets' | 'LongPolling';
  readonly protocol?: 'json' | 'messagepack';
  /** Sent with the handshake of a WebSocket, as a browser's page does. */
  readonly origin?: string;
  /** Whether it opens its WebSocket without asking for a connection first; `headers` go with the handshake then. */
  readonly skipNegotiation?: boolean;
  /** Whether it asks to go on over another socket when its own is lost. */
  readonly stateful?: boolean;
  /** Called before it starts, so that nothing is missed. */
  readonly prepare?: (connection: HubConnection) => void;
}

/** Connects the official client to a hub, as `http://127.0.0.1:3010/hubs/web`; whoever asks stops it. */
export async function connectHub(url: string, { headers = {}, transport = 'WebSockets', protocol = 'json', origin, skipNegotiation = false, stateful = false, prepare }: HubClientOptions = {}): Promise<HubConnection> {
  class OwnSocket extends WebSocket {
    constructor(address: string, protocols?: string | string[], options?: ClientOptions) {
      super(address, protocols, { ...options, ...(origin !== undefined && { origin }) });
    }
  }
  const httpClient = new PlainHttpClient(origin === undefined ? headers : { ...headers, origin });
  // The client takes another WebSocket, though its types do not say so.
  const options: IHttpConnectionOptions & { readonly WebSocket: unknown } = { transport: HttpTransportType[transport], httpClient, WebSocket: OwnSocket, ...(skipNegotiation && { skipNegotiation, headers }) };
  const builder = new HubConnectionBuilder()
    .withUrl(url, options)
    .withHubProtocol(protocol === 'json' ? new JsonHubProtocol() : (new MessagePackHubProtocol() as unknown as IHubProtocol))
    .configureLogging(LogLevel.None);
  if (stateful) builder.withStatefulReconnect();
  const connection = builder.build();
  prepare?.(connection);
  await connection.start();
  return connection;
}
