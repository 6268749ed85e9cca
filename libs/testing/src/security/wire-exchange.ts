import { connect } from 'node:net';
import { nextAnswer, type WireAnswer } from './wire-answer.js';

export interface ExchangeOptions {
  /** How many answers are waited for; 1 by default. A refusal (400 and more) is waited for until its connection has closed, for nothing may follow it. */
  readonly answers?: number;
  /** Longest wait, in ms; 10,000 by default. */
  readonly timeoutMs?: number;
}

/** What came of bytes that were sent on a connection of their own. */
export interface Exchange {
  readonly answers: readonly WireAnswer[];
  /** Whether the other side closed the connection. */
  readonly closed: boolean;
}

const quietMs = 150;

/** Sends bytes as they are, which no HTTP client would, and takes what comes back. */
export function exchange(port: number, bytes: string, { answers: wanted = 1, timeoutMs = 10_000 }: ExchangeOptions = {}): Promise<Exchange> {
  return new Promise((resolve) => {
    const answers: WireAnswer[] = [];
    let text = '';
    let quiet: NodeJS.Timeout | undefined;
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'));
    const end = (closed: boolean): void => {
      clearTimeout(limit);
      clearTimeout(quiet);
      socket.destroy();
      resolve({ answers, closed });
    };
    const limit = setTimeout(() => end(false), timeoutMs);
    const take = (closed: boolean): void => {
      for (let next = nextAnswer(text, closed); next; next = nextAnswer(text, closed)) {
        answers.push(next.answer);
        text = text.slice(next.length);
      }
    };
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      take(false);
      // Another answer would come at once: what nobody asked for is noticed.
      clearTimeout(quiet);
      if (answers.length >= wanted) quiet = setTimeout(() => end(false), quietMs);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      take(true);
      end(true);
    });
  });
}
