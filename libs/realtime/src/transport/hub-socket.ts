import { WebSocket } from 'ws';

/**
 * The server's end of a WebSocket. Answers a close frame without status with 1000, which clients look for: `ws` would repeat that there is none.
 * Emits `closing` when it has sent its own close frame and waits for the other side.
 */
export class HubSocket extends WebSocket {
  override close(code = 1000, reason?: string | Buffer): void {
    super.close(code, reason);
    this.emit('closing');
  }
}
