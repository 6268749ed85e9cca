import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ForwardBody } from './forward-body.js';

/** An answer that takes `roomBytes` at once, and the rest when it is told to go on. */
class SlowAnswer extends Writable {
  text = '';
  heads = 0;
  goOn: () => void = () => {};

  constructor(roomBytes: number) {
    super({ highWaterMark: roomBytes });
  }

  flushHeaders(): void {
    this.heads += 1;
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.text += String(chunk);
    this.goOn = done;
  }
}

function passing(came: string[], roomBytes: number = 100) {
  const calls: string[] = [];
  const body = new ForwardBody(came.map((text) => Buffer.from(text)), () => calls.push('resume'), ({ message }) => calls.push(message));
  const answer = new SlowAnswer(roomBytes);
  body.passTo(answer as unknown as ServerResponse);
  return { body, answer, calls };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a body that is passed to an answer', () => {
  it('writes what has come and what comes, and ends with it', async () => {
    const { body, answer, calls } = passing(['a']);
    expect([answer.heads, calls, body.receive(Buffer.from('b'))]).toEqual([0, ['resume'], true]);
    body.end();
    answer.goOn();
    await settled();
    answer.goOn();
    await settled();
    expect([answer.text, answer.writableFinished, answer.destroyed]).toEqual(['ab', true, true]);
  });

  it('sends the head at once when nothing of the body is there', () => {
    expect(passing([]).answer.heads).toBe(1);
  });

  it('asks for more only when there is room again', async () => {
    const { body, answer, calls } = passing(['ab'], 2);
    expect([calls, body.receive(Buffer.from('c'))]).toEqual([[], false]);
    answer.goOn();
    await settled();
    answer.goOn();
    await settled();
    expect(calls).toEqual(['resume']);
  });

  it('breaks the answer off when it breaks off itself', async () => {
    const { body, answer } = passing(['a']);
    body.destroy(new Error('gone'));
    await settled();
    expect([answer.destroyed, answer.writableFinished]).toEqual([true, false]);
  });

  it('gives the exchange up when the client leaves', async () => {
    const { answer, calls } = passing(['a']);
    answer.destroy();
    await settled();
    expect(calls).toEqual(['resume', 'The answer is not wanted any more']);
  });

  it('breaks off an answer that begins after it has broken off', async () => {
    const body = new ForwardBody([], () => {}, () => {});
    body.destroy(new Error('gone'));
    await settled();
    const answer = new SlowAnswer(1);
    body.passTo(answer as unknown as ServerResponse);
    expect(answer.destroyed).toBe(true);
  });
});

describe('a body that is read as a stream', () => {
  it('has what came before it was read, and what comes later', async () => {
    const body = new ForwardBody([Buffer.from('a')], () => {}, () => {});
    body.receive(Buffer.from('b'));
    setImmediate(() => (body.receive(Buffer.from('c')), body.end()));
    const read: string[] = [];
    for await (const chunk of body) read.push(String(chunk));
    expect(read.join('')).toBe('abc');
  });

  it('ends although all of it had come before it was read', async () => {
    const body = new ForwardBody([Buffer.from('a')], () => {}, () => {});
    body.end();
    const read: string[] = [];
    for await (const chunk of body) read.push(String(chunk));
    expect(read).toEqual(['a']);
  });
});
