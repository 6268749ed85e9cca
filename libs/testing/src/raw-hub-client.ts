import type { Socket } from 'node:net';
import { WebSocket } from 'ws';

const separator = '\u001e';

/** Whose connection it is, and where they come from. */
export interface RawHubWish {
  /** Address of the hub, as `http://127.0.0.1:3010/hubs/web`. */
  readonly url: string;
  /** Sent with the negotiation and with the handshake of the WebSocket: credentials, `origin`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A record of the hub protocol in JSON. */
export type HubRecord = Readonly<Record<string, unknown>>;

/** Negotiates, and gives the query with which transports name the connection and bring its ticket. */
export async function hubTicket({ url, headers = {} }: RawHubWish): Promise<string> {
  const answer = await fetch(`${url}/negotiate?negotiateVersion=1`, { method: 'POST', headers });
  const { connectionToken, accessToken } = (await answer.json()) as { connectionToken: string; accessToken: string };
  return `id=${connectionToken}&access_token=${accessToken}`;
}

/** A client of a hub over a WebSocket that speaks JSON by hand, so that it can do what no client of the protocol would. */
export class RawHubClient {
  /** What the hub has said so far, without pings. */
  readonly heard: HubRecord[] = [];
  /** Status of the close frame; 1006 when there was none. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #waiting = new Set<() => void>();
  #calls = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.on('message', (data) => {
      const records = String(data).split(separator).slice(0, -1).map((text) => JSON.parse(text) as HubRecord);
      this.heard.push(...records.filter(({ type }) => type !== 6));
      for (const look of this.#waiting) look();
    });
  }

  /** Opens a WebSocket, and says nothing. */
  static async open(wish: RawHubWish): Promise<RawHubClient> {
    const query = await hubTicket(wish);
    const { origin, cookie } = wish.headers ?? {};
    const socket = new WebSocket(`${wish.url.replace('http', 'ws')}?${query}`, { headers: { ...(origin !== undefined && { origin }), ...(cookie !== undefined && { cookie }) } });
    const client = new RawHubClient(socket);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return client;
  }

  /** Opens one and shakes hands. */
  static async connect(wish: RawHubWish): Promise<RawHubClient> {
    const client = await RawHubClient.open(wish);
    client.say({ protocol: 'json', version: 1 });
    await client.hears(({ type, error }) => type === undefined && error === undefined);
    return client;
  }

  /** Sends these records in one message. */
  say(...records: readonly HubRecord[]): void {
    this.text(records.map((record) => JSON.stringify(record) + separator).join(''));
  }

  /** Sends a message as it is. */
  text(text: string): void {
    this.#socket.send(text);
  }

  /** Sends bytes as they are, past the framing of WebSockets. */
  wire(...bytes: readonly number[]): void {
    (this.#socket as unknown as { readonly _socket: Socket })._socket.write(Buffer.from(bytes));
  }

  /** Calls a method, and gives how it was answered. */
  call(target: string, ...args: readonly unknown[]): Promise<HubRecord> {
    const id = `c${++this.#calls}`;
    this.say({ type: 1, invocationId: id, target, arguments: args });
    return this.hears(({ type, invocationId }) => type === 3 && invocationId === id);
  }

  /** The first record that fits, as soon as it is there. */
  hears(fits: (record: HubRecord) => boolean): Promise<HubRecord> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.heard.find(fits);
        if (!found) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Reads nothing from now on, not even that it is closed. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Leaves in good order. */
  async leave(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Is gone, without a word. */
  vanish(): void {
    this.#socket.terminate();
  }
}
