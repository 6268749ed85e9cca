import { Readable } from 'node:stream';
import type { Clock, Deadline, ServiceAnswer } from '@portico/core';
import { readWhole } from './read-body.js';
import { TeeBody, type BodyEnd } from './tee-body.js';

/** What is to be told how the body ended, where the answer may be kept. */
export interface BodyWatch {
  /** Most bytes that are kept. */
  readonly maxBytes: number;
  readonly ended: (end: BodyEnd) => void;
  /** Takes a function by which the body is read ahead of the client. */
  readonly onHurry: (hurry: () => void) => void;
}

/** An answer that the service has just given. Its body is taken once: for the client, or for the cache alone. */
export class FetchedAnswer {
  readonly kind = 'answer';
  readonly answer: ServiceAnswer;
  readonly #watch: BodyWatch | undefined;
  readonly #clock: Clock;

  constructor(answer: ServiceAnswer, watch: BodyWatch | undefined, clock: Clock) {
    this.answer = answer;
    this.#watch = watch;
    this.#clock = clock;
  }

  /** Whether it is kept, when its body ends well. */
  get keeps(): boolean {
    return this.#watch !== undefined;
  }

  /** The answer, whose body is kept as the client reads it. */
  forClient(): ServiceAnswer {
    const { answer } = this;
    const watch = this.#watch;
    if (!watch) return answer;
    if (Buffer.isBuffer(answer.body)) {
      watch.ended(answer.body.length > watch.maxBytes ? 'large' : ownCopy(answer.body));
      return answer;
    }
    const tee = new TeeBody(answer.body, watch.maxBytes, watch.ended);
    watch.onHurry(() => tee.hurry());
    answer.body = tee;
    return answer;
  }

  /** Reads the body to its end for the cache alone, or drops it. Never rejects. */
  async forNobody(deadline: Deadline): Promise<void> {
    const { body } = this.answer;
    if (this.#watch) this.#watch.ended((await readWhole(body, this.#watch.maxBytes, deadline.remainingMs(), this.#clock)) ?? 'broken');
    else dropBody(body);
  }
}

// The client's may be changed on its way, and a slice would hold on to the whole that it was cut from.
function ownCopy(body: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(body.length);
  body.copy(copy);
  return copy;
}

/** Lets go of a body that nobody wants. */
export function dropBody(body: Buffer | Readable): void {
  if (body instanceof Readable) body.on('error', () => {}).destroy();
}
