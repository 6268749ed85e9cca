import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { parseAnswer } from '../raw-client.js';
import { WebSocketPeer } from './web-socket-peer.js';

/** A key as RFC 6455 1.3 has it, and what a server makes of it. */
export const handshakeKey = 'dGhlIHNhbXBsZSBub25jZQ==';
export const acceptedKey = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** A service that speaks WebSocket. */
export interface WebSocketService {
  readonly origin: string;
  readonly server: Server;
  /** Handshakes that came. */
  readonly seen: IncomingMessage[];
  /** Connections that are open now. */
  readonly sockets: ReadonlySet<Socket>;
  close(): void;
}

export interface WebSocketServiceParts {
  /** Plays the service's end; by default every frame is sent back. */
  readonly onOpen?: (peer: WebSocketPeer, request: IncomingMessage) => void;
  /** Further lines of its 101. */
  readonly fields?: readonly string[];
  /** What it sends in one piece with its 101. */
  readonly greeting?: string;
  /** Answers everything else. */
  readonly listener?: RequestListener;
  /** Takes a handshake over before it is answered. */
  readonly onUpgrade?: (request: IncomingMessage, socket: Socket) => void;
  /** Whether it never closes its side. */
  readonly halfOpen?: boolean;
  /** Makes it a service behind TLS. */
  readonly tls?: ServerOptions;
}

export async function webSocketService({ onOpen = echo, fields = [], greeting, listener, onUpgrade, halfOpen = false, tls }: WebSocketServiceParts = {}): Promise<WebSocketService> {
  const seen: IncomingMessage[] = [];
  const sockets = new Set<Socket>();
  const answer: RequestListener = listener ?? ((_, response) => response.end('fine'));
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    seen.push(request);
    socket.on('error', () => {});
    // An HTTP server's connections stay half open by themselves.
    if (!halfOpen) socket.once('end', () => socket.end()).resume();
    if (onUpgrade) return onUpgrade(request, socket);
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}${guid}`).digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: WebSocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`, ...fields];
    const handshake = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
    const peer = new WebSocketPeer(socket, false, head);
    socket.write(greeting === undefined ? handshake : Buffer.concat([handshake, peer.frame(greeting)]));
    onOpen(peer, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { origin: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`, server, seen, sockets, close };
}

/** Sends every frame back; a close too, and then ends. */
export async function echo(peer: WebSocketPeer): Promise<void> {
  for (;;) {
    const { opcode, payload } = await peer.next();
    peer.send(payload, opcode === 9 ? 10 : opcode);
    if (opcode === 8) return void peer.socket.end();
  }
}

/** What became of a handshake. */
export interface Handshake {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body of an answer that is no 101. */
  readonly body: string;
  /** The client's end; of a refusal too, whose connection the gateway closes. */
  readonly peer: WebSocketPeer;
  readonly socket: Socket;
}

/** The lines of a handshake; a header that is given as undefined is left out. */
export function handshakeLines(path: string, headers: Readonly<Record<string, string | undefined>> = {}, method = 'GET'): string {
  const all = { host: 'shop.example', connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': handshakeKey, ...headers };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Sends `text` and reads the answer to it: up to its head if it is 101, else up to the end. */
export function shakeHands(port: number, text: string | Buffer): Promise<Handshake> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let received = Buffer.alloc(0);
    const settle = (end: number): void => {
      socket.removeListener('data', onData);
      socket.removeListener('end', onEnd);
      const answer = parseAnswer(received.toString('latin1'));
      resolve({ ...answer, socket, peer: new WebSocketPeer(socket, true, received.subarray(end)) });
    };
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      const end = received.indexOf('\r\n\r\n');
      if (end > 0 && received.subarray(0, 12).toString() === 'HTTP/1.1 101') settle(end + 4);
    };
    const onEnd = (): void => (received.length > 0 ? settle(received.length) : reject(new Error('The connection ended without an answer')));
    socket.on('data', onData);
    socket.once('end', onEnd);
    socket.once('error', reject);
  });
}

/** Opens a WebSocket, or gets the answer instead. */
export function openWebSocket(port: number, path: string, headers?: Readonly<Record<string, string | undefined>>): Promise<Handshake> {
  return shakeHands(port, handshakeLines(path, headers));
}
