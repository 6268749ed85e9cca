import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Answers one request on a bare connection. */
export type RawHandler = (socket: Socket, request: string) => void;

/** A server that sends exactly the bytes a test wants, proper HTTP or not. */
export interface RawServer {
  readonly origin: string;
  /** Requests as they came, head and body. */
  readonly seen: string[];
  /** Resolves when the client has ended the connection of the first request. */
  readonly leftByClient: Promise<void>;
  /** Ends the server and every connection. */
  close(): Promise<void>;
}

/** Starts a raw server on a free port. */
export async function startRawServer(handler: RawHandler): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const seen: string[] = [];
  let left = (): void => {};
  const leftByClient = new Promise<void>((resolve) => (left = resolve));
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => void sockets.delete(socket));
    socket.on('data', (data) => {
      const request = data.toString('latin1');
      seen.push(request);
      socket.on('close', left);
      handler(socket, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    leftByClient,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
