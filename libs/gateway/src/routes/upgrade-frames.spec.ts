import { describe, expect, it } from 'vitest';
import { FrameBoundary } from './upgrade-frames.js';

const masked = (...head: number[]): Buffer => Buffer.from([...head, 9, 9, 9, 9]);

const frames: [name: string, head: Buffer, length: number][] = [
  ['without anything', Buffer.from([0x89, 0]), 0],
  ['short', Buffer.from([0x81, 125]), 125],
  ['of two bytes of length', Buffer.from([0x82, 126, 0x01, 0x00]), 256],
  ['of eight bytes of length', Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0]), 65_536],
  ['masked', masked(0x81, 0x80 | 3), 3],
  ['masked and empty', masked(0x89, 0x80), 0],
  ['masked and long', masked(0x82, 0x80 | 126, 0x01, 0x00), 256],
];

describe('FrameBoundary', () => {
  it.each(frames)('knows where a frame ends that is %s, however it comes', (_, head, length) => {
    const frame = Buffer.concat([head, Buffer.alloc(length, 0xff)]);
    for (const step of [1, 3, frame.length]) {
      const boundary = new FrameBoundary();
      const reachedAt: number[] = [];
      for (let at = 0; at < frame.length; at += step) {
        if (boundary.reached) reachedAt.push(at);
        boundary.take(frame.subarray(at, at + step));
      }
      expect([reachedAt, boundary.reached]).toEqual([[0], true]);
    }
  });

  it('follows many frames in one piece', () => {
    const boundary = new FrameBoundary();
    const all = Buffer.concat(frames.map(([, head, length]) => Buffer.concat([head, Buffer.alloc(length, 0x7f)])));
    boundary.take(all);
    expect(boundary.reached).toBe(true);
    boundary.take(Buffer.from([0x81]));
    expect(boundary.reached).toBe(false);
  });
});
