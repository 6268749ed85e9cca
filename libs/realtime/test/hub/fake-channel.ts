import type { Payload } from '../../src/protocol/payload.js';
import type { ChannelListener, TransportChannel, TransportName } from '../../src/transport/transport-channel.js';

/** A channel without a wire: keeps what is sent, and tells its end a moment later, as real ones do. */
export class FakeChannel implements TransportChannel {
  readonly carriesBinary: boolean;
  outlives = false;
  /** Its socket is lost: nothing is sent. */
  away = false;
  bufferedBytes = 0;
  readonly sent: Payload[] = [];
  /** How it ended: the status of `close`, or that it was aborted. */
  ended: number | 'aborted' | undefined;
  listener: ChannelListener | undefined;

  constructor(readonly transport: TransportName = 'WebSockets') {
    this.carriesBinary = transport !== 'ServerSentEvents';
  }

  send(record: Payload): void {
    if (this.ended === undefined && !this.away) this.sent.push(record);
  }

  outlive(): void {
    this.outlives = true;
  }

  /** Loses its socket. */
  interrupt(): void {
    this.away = true;
    this.listener?.interrupted();
  }

  /** Gets another socket. */
  resume(): void {
    this.away = false;
    this.listener?.resumed();
  }

  close(code = 1000): void {
    this.#end(code);
  }

  abort(): void {
    this.#end('aborted');
  }

  #end(how: number | 'aborted'): void {
    if (this.ended !== undefined) return;
    this.ended = how;
    queueMicrotask(() => this.listener?.closed(how === 'aborted' ? new Error('The connection was aborted') : undefined));
  }
}
