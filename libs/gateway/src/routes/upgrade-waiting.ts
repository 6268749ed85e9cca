import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ClientUpgrade } from './upgrade-mark.js';

/**
 * A request for a WebSocket that waits for its answer on a connection that Node has let go of. Until it is accepted the connection closes after the answer;
 * a client that leaves meanwhile is noticed, and nothing that it sends is lost.
 */
export class WaitingUpgrade implements ClientUpgrade {
  readonly socket: Socket;
  /** Where the answer is written. */
  readonly response: ServerResponse;
  readonly #head: Buffer;

  /** @param head what came after the request */
  constructor(incoming: IncomingMessage, socket: Socket, head: Buffer) {
    this.socket = socket;
    this.#head = head;
    this.response = new ServerResponse(incoming);
    this.response.shouldKeepAlive = false;
    this.response.assignSocket(socket);
    this.response.once('finish', this.#leave);
    socket.setTimeout(0);
    socket.on('error', () => socket.destroy());
    socket.on('drain', this.#drained);
    socket.once('end', this.#gone);
  }

  accept(): void {
    const { socket, response } = this;
    response.removeListener('finish', this.#leave);
    socket.removeListener('drain', this.#drained);
    socket.removeListener('end', this.#gone);
    // A response that keeps its socket takes what is relayed later for its own unfinished business.
    response.detachSocket(socket);
    socket.once('close', () => response.emit('close'));
    if (this.#head.length > 0) socket.unshift(this.#head);
  }

  readonly #leave = (): void => this.socket.destroySoon();
  readonly #gone = (): void => void this.socket.destroy();
  readonly #drained = (): void => void this.response.emit('drain');
}
