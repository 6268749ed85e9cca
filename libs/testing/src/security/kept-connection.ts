import { connect, type Socket } from 'node:net';
import { nextAnswer, type WireAnswer } from './wire-answer.js';

/** An answer, and the time from the last byte of its request to its own last byte. */
export interface TimedAnswer {
  readonly answer: WireAnswer;
  readonly tookMs: number;
}

/** One connection for many requests, one after the other. */
export class KeptConnection {
  readonly #socket: Socket;

  constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1').setNoDelay();
  }

  /** Sends bytes as they are, and takes the next answer. Rejects when the connection ends before. */
  ask(bytes: string): Promise<TimedAnswer> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let text = '';
      const take = (chunk: Buffer): void => {
        text += chunk.toString('latin1');
        const next = nextAnswer(text, false);
        if (!next) return;
        const tookMs = performance.now() - began;
        socket.off('data', take).off('close', lost);
        resolve({ answer: next.answer, tookMs });
      };
      const lost = (): void => reject(new Error(`The connection ended before an answer: ${text}`));
      socket.on('data', take).once('close', lost);
      const began = performance.now();
      socket.write(bytes, 'latin1');
    });
  }

  close(): void {
    this.#socket.destroy();
  }
}
