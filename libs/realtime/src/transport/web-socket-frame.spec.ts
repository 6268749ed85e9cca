import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { BroadcastFrames } from './broadcast-frames.js';
import { webSocketFrame } from './web-socket-frame.js';

/** What the other side of `ws` reads in some bytes. */
function read(bytes: Buffer): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // The reader of the package's client, which its types do not have.
    const { Receiver } = ws as unknown as { Receiver: new (options: object) => NodeJS.WritableStream };
    const receiver = new Receiver({ isServer: false });
    receiver.on('message', (data: Buffer, isBinary: boolean) => resolve(isBinary ? new Uint8Array(data) : data.toString())).on('error', reject);
    receiver.write(bytes);
  });
}

describe('the frame of a record', () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 70_000])('is read as the same text and the same bytes when it has %i of them', async (length) => {
    expect(await read(webSocketFrame('x'.repeat(length)))).toBe('x'.repeat(length));
    const bytes = Uint8Array.from({ length }, (_, index) => index % 256);
    expect(await read(webSocketFrame(bytes))).toEqual(bytes);
  });

  it('counts bytes of text, not characters', async () => {
    const text = 'Zoë € 𝄞'.repeat(30);
    expect(await read(webSocketFrame(text))).toBe(text);
  });

  it('is made once for records that go to one socket after the other', () => {
    const frames = new BroadcastFrames();
    const [one, other] = [frames.of('one'), frames.of('other')];
    expect(frames.of('other')).toBe(other);
    expect(frames.of('one')).toEqual(one);
    const bytes = Uint8Array.of(1, 2);
    expect(frames.of(bytes)).toBe(frames.of(bytes));
    expect(frames.of(Uint8Array.of(1, 3))).not.toEqual(frames.of(bytes));
  });
});
