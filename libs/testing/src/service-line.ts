import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A TCP line to a service that a test can cut: then connections break off, and new ones are refused, as when a process ends. */
export class ServiceLine {
  readonly origin: string;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  /** @param place scheme and name of the service, as `https://localhost` */
  constructor(server: Server, sockets: Set<Socket>, place: string) {
    this.origin = `${place}:${(server.address() as AddressInfo).port}`;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Breaks every connection off; new ones are taken. */
  breakOff(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Cuts the line for good. Cutting it twice changes nothing. */
  cut(): Promise<void> {
    this.breakOff();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

/**
 * Opens a line to a service, on a free port.
 * @param origin where the service is; or what says it at each connection, for a line whose address has to be known before the service listens
 */
export async function openServiceLine(origin: string | (() => string)): Promise<ServiceLine> {
  const sockets = new Set<Socket>();
  const hold = (socket: Socket, other: Socket): void => {
    sockets.add(socket);
    // A reset is passed on as one: to the other side it must look as it was sent.
    socket.on('error', () => other.resetAndDestroy());
    socket.on('close', () => {
      sockets.delete(socket);
      other.destroySoon();
    });
  };
  const server = createServer((near) => {
    const { hostname, port } = new URL(typeof origin === 'string' ? origin : origin());
    const far = connect(Number(port), hostname);
    hold(near, far);
    hold(far, near);
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new ServiceLine(server, sockets, typeof origin === 'string' ? placeOf(origin) : 'http://127.0.0.1');
}

function placeOf(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}`;
}
