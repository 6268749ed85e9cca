import { ManualClock } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { LineBuffer } from './line-buffer.js';

function buffering() {
  const written: string[] = [];
  const calls: string[] = [];
  const clock = new ManualClock();
  const output = {
    write: (text: string) => written.push(text),
    flush: (done: () => void) => {
      calls.push('flush');
      done();
    },
    flushSync: () => calls.push('flushSync'),
  };
  return { written, calls, clock, buffer: new LineBuffer(output, clock, 500) };
}

describe('LineBuffer', () => {
  it('passes lines on together once the oldest has waited, and then has no timer', async () => {
    const { buffer, clock, written } = buffering();
    buffer.write('one\n');
    await clock.advance(300);
    buffer.write('two\n');
    await clock.advance(199);
    expect(written).toEqual([]);
    await clock.advance(1);
    expect(written).toEqual(['one\ntwo\n']);
    expect(clock.pending).toBe(0);
    buffer.write('three\n');
    await clock.advance(500);
    expect(written).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('passes them on at once when there are many', () => {
    const { buffer, written } = buffering();
    const line = `${'x'.repeat(1_023)}\n`;
    for (let count = 0; count < 64; count++) buffer.write(line);
    expect(written).toEqual([line.repeat(64)]);
  });

  it('passes on what waits before it flushes', () => {
    const { buffer, calls, written } = buffering();
    buffer.flushSync();
    expect(calls).toEqual([]);
    buffer.write('one\n');
    buffer.flushSync();
    buffer.write('two\n');
    let done = false;
    buffer.flush(() => (done = true));
    expect(written).toEqual(['one\n', 'two\n']);
    expect(calls).toEqual(['flushSync', 'flush']);
    expect(done).toBe(true);
  });
});
