import { isDeepStrictEqual } from 'node:util';
import { Decoder, encode, ExtData } from '@msgpack/msgpack';
import { describe, expect, it, vi } from 'vitest';
import { anyValue, examples, hex, numbers, pieces, readAll } from './hub-messages.fixtures.js';
import type { HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';
import { messagePackHubProtocol } from './message-pack-hub.protocol.js';
import type { Payload } from './payload.js';

const write = (message: HubMessage) => messagePackHubProtocol.write(message) as Uint8Array;
const read = (...chunks: Payload[]) => readAll(messagePackHubProtocol, chunks);
const plain = (bytes: Uint8Array) => Uint8Array.from(bytes);
const everything = plain(Buffer.concat(examples.map(({ messagePack }) => messagePack)));
const all = examples.map(({ message }) => message);

/** A record of less than 16 KiB, whatever stands in it. */
function framed(body: Uint8Array): Uint8Array {
  return Uint8Array.of(...(body.length < 0x80 ? [body.length] : [(body.length & 0x7f) | 0x80, body.length >>> 7]), ...body);
}

describe('the MessagePack protocol', () => {
  it('has the name that clients use, and is bytes', () => {
    expect([messagePackHubProtocol.name, messagePackHubProtocol.binary]).toEqual(['messagepack', true]);
  });

  it.each(examples)('writes and reads $name', ({ message, messagePack }) => {
    expect(plain(write(message))).toEqual(messagePack);
    expect(read(messagePack)).toEqual([message]);
    expect(read(Buffer.from(messagePack))).toEqual([message]);
  });

  it('writes nil for an item or a result that is undefined, and no result beside an error', () => {
    expect(plain(write({ type: 2, invocationId: '1', item: undefined }))).toEqual(hex('06 94 02 80 a1 31 c0'));
    expect(plain(write({ type: 3, invocationId: '1', hasResult: true }))).toEqual(hex('07 95 03 80 a1 31 03 c0'));
    expect(plain(write({ type: 3, invocationId: '1', hasResult: true, result: 1, error: '' }))).toEqual(hex('07 95 03 80 a1 31 01 a0'));
  });

  it('writes no member that is undefined', () => {
    expect(read(write({ type: 1, target: 'x', arguments: [{ a: undefined, b: 1 }] }))).toStrictEqual([{ type: 1, invocationId: undefined, target: 'x', arguments: [{ b: 1 }], streamIds: undefined }]);
  });

  it('carries bytes and dates as such', () => {
    const item = { bytes: Uint8Array.of(0, 255), at: new Date(1_700_000_000_123), before: new Date(-1), none: new Uint8Array(0) };
    expect(read(write({ type: 2, invocationId: '1', item: { ...item, bytes: Buffer.from(item.bytes) } }))).toStrictEqual([{ type: 2, invocationId: '1', item }]);
    expect(read(Buffer.from(write({ type: 2, invocationId: '1', item })))).toStrictEqual([{ type: 2, invocationId: '1', item }]);
  });

  it.each([
    [127, '7f'],
    [128, '80 01'],
    [16_383, 'ff 7f'],
    [16_384, '80 80 01'],
    [2_097_151, 'ff ff 7f'],
    [2_097_152, '80 80 80 01'],
  ])('puts the length %i before a record as %s', (length, prefix) => {
    // All but the bytes of the item: array, type, headers, id of one character, head of the byte string.
    const besides = 3 + 2 + (length < 300 ? 2 : length < 65_544 ? 3 : 5);
    const record = write({ type: 2, invocationId: '1', item: Buffer.alloc(length - besides) });
    const prefixBytes = hex(prefix);
    expect(plain(record.subarray(0, prefixBytes.length))).toEqual(prefixBytes);
    expect(record.length).toBe(prefixBytes.length + length);
    expect(readAll(messagePackHubProtocol, [record], length)).toHaveLength(1);
  });
});

describe('a reader of MessagePack messages', () => {
  it('reads records that share a chunk', () => {
    expect(read(everything)).toEqual(all);
  });

  it('reads records that are split anywhere', () => {
    const inOne = read(everything);
    const lost = [...everything.keys()].filter((cut) => !isDeepStrictEqual(read(everything.subarray(0, cut), everything.subarray(cut)), inOne));
    expect(lost).toEqual([]);
    expect(read(...Array.from(everything, (byte) => Uint8Array.of(byte)))).toEqual(all);
  });

  it('gives each message with the chunk that ends it', () => {
    const reader = messagePackHubProtocol.reader(100);
    expect(['02', '', '91', '06 02 91 06 03', '92 07 c0'].map((chunk) => reader.read(hex(chunk)))).toEqual([[], [], [], [{ type: 6 }, { type: 6 }], [{ type: 7 }]]);
  });

  it('gives any value back as it was', () => {
    const next = numbers(11);
    for (let round = 0; round < 100; round++) {
      const message: HubMessage = { type: 4, invocationId: `${round}`, target: 'any', arguments: [anyValue(next), anyValue(next)] };
      expect(readAll(messagePackHubProtocol, pieces(write(message), next), 1_000_000)).toEqual([message]);
    }
  });

  it('does not write over the bytes of a message that came in pieces', () => {
    const reader = messagePackHubProtocol.reader(1_000);
    const record = (fill: number) => write({ type: 2, invocationId: '1', item: Buffer.alloc(50, fill) });
    const items = [1, 2, 3].flatMap((fill) => pieces(record(fill), numbers(fill)).flatMap((piece) => reader.read(piece))).map((message) => (message as { item: unknown }).item);
    expect(items).toEqual([1, 2, 3].map((fill) => new Uint8Array(50).fill(fill)));
  });

  it('reads a length of up to five bytes, also where fewer would do', () => {
    for (const prefix of ['02', '82 00', '82 80 80 80 00']) expect(read(hex(`${prefix} 91 06`))).toEqual([{ type: 6 }]);
    expect(() => read(hex('82 80 80 80 80 00 91 06'))).toThrow('takes more than 5 bytes');
  });

  it('leaves out types that are not known, headers and members that are not known', () => {
    const records = [[10, 'x'], [5, { a: 'b' }, '1', 'more'], [-1], [6, 'more'], [5, null, '2'], [7, null, false, 'more'], [8, 1, 'more']].map((body) => framed(encode(body)));
    expect(read(...records)).toEqual([{ type: 5, invocationId: '1' }, { type: 6 }, { type: 5, invocationId: '2' }, { type: 7, allowReconnect: false }, { type: 8, sequenceId: 1 }]);
  });

  it('takes what is optional, at the end of an array, as absent', () => {
    const records = [[1, {}, null, 'x', []], [1, {}, '', 'x', [], null], [4, {}, '1', 'x', []], [7], [7, null, null]].map((body) => framed(encode(body)));
    expect(read(...records)).toEqual([{ type: 1, target: 'x', arguments: [] }, { type: 1, target: 'x', arguments: [] }, { type: 4, invocationId: '1', target: 'x', arguments: [] }, { type: 7 }, { type: 7 }]);
  });

  it.each([
    [6, /array/],
    [{ type: 6 }, /array/],
    [[], /type of a message/],
    [['6'], /type of a message/],
    [[1, {}, null, 'x'], /`arguments`/],
    [[1, {}, null, 'x', {}], /`arguments`/],
    [[1, {}, 7, 'x', []], /`invocationId`/],
    [[1, {}, null, null, []], /`target`/],
    [[1, {}, null, 'x', [], ['1', 2]], /`streamIds`/],
    [[4, {}, null, 'x', []], /`invocationId`/],
    [[2, {}, '1'], /`item`/],
    [[2, {}, 1, 1], /`invocationId`/],
    [[3, {}, '1'], /kind/],
    [[3, {}, '1', 4, 1], /kind/],
    [[3, {}, '1', 1], /error of a completion/],
    [[3, {}, '1', 1, null], /error of a completion/],
    [[3, {}, '1', 3], /has a value/],
    [[3, {}, null, 2], /`invocationId`/],
    [[5, {}], /`invocationId`/],
    [[7, 1], /`error`/],
    [[7, null, 1], /`allowReconnect`/],
    [[8], /`sequenceId`/],
    [[9, '1'], /`sequenceId`/],
    [[1, {}, null, 'x', [{ constructor: { prototype: 1 } }]], /prototype/],
    [[1, {}, null, 'x', [new ExtData(-1, new Uint8Array(3))]], /not MessagePack/],
  ])('refuses %j', (body, sentence) => {
    expect(() => read(framed(encode(body)))).toThrow(HubProtocolError);
    expect(() => read(framed(encode(body)))).toThrow(sentence);
  });

  it.each([
    ['nothing', ''],
    ['a byte that begins no value', 'c1'],
    ['more than one value', '91 06 91 06'],
    ['an array that is cut off', '92 06'],
    ['a map that is cut off', '92 06 81 a1 61'],
    ['a text that is cut off', '92 06 a3 61 61'],
    ['a length that is cut off', '92 06 da 01'],
    ['a number that is cut off', '92 06 cb 00'],
    ['an extension that is cut off', '92 06 d6 ff 00 00 00'],
    ['a list with more items than bytes', '92 06 dd ff ff ff ff'],
    ['a map with more members than bytes', '92 06 df ff ff ff ff'],
    ['a text with more bytes than there are', '92 06 db ff ff ff ff'],
    ['a member named __proto__', '92 06 81 a9 5f 5f 70 72 6f 74 6f 5f 5f 01'],
    ['a member whose name is a list', '92 06 81 91 01 01'],
  ])('refuses a record that is %s', (_, body) => {
    expect(() => read(framed(hex(body)))).toThrow(HubProtocolError);
    expect(() => read(framed(hex(body)))).toThrow('A message is not MessagePack.');
  });

  it('lets no room be reserved for items that are only claimed, list in list', () => {
    const decoding = vi.spyOn(Decoder.prototype, 'decode');
    for (const claim of ['dd 00 00 03 ff', 'df 00 00 03 ff', 'dc 03 ff']) expect(() => read(framed(hex(`95 ${claim.repeat(20)} ${'c0'.repeat(1_000)}`)))).toThrow('not MessagePack');
    expect(decoding).not.toHaveBeenCalled();
    decoding.mockRestore();
  });

  it('refuses records that are damaged with a sentence, and never otherwise', () => {
    const next = numbers(5);
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const damaged = everything.slice();
      for (let times = next(4); times >= 0; times--) damaged[next(damaged.length)] = next(256);
      try {
        read(damaged);
      } catch (error) {
        expect(error).toBeInstanceOf(HubProtocolError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(250);
  });

  it('reads over values of every kind', () => {
    const values = 'c0 c2 c3 7f e0 cc 80 cd 0100 ce 00010000 cf 0000000100000000 d0 80 d1 8000 d2 80000000 d3 ffffffff00000000 ca 3fc00000 cb 3ff8000000000000 a0 d9 01 61 da 0001 61 db 00000001 61 c4 01 07 c5 0001 07 c6 00000001 07 '
      + 'd4 05 01 d5 05 0102 d6 ff 00000001 d7 ff 0000000000000001 d8 05 000102030405060708090a0b0c0d0e0f c7 03 05 010203 c8 0001 05 01 c9 00000001 05 01 90 dc 0001 01 dd 00000001 01 80 81 a1 61 01 de 0001 a1 61 01 df 00000001 a1 61 01';
    const [message] = read(framed(hex(`94 02 80 a1 31 dc 0025 ${values}`)));
    const extension = (...bytes: number[]) => new ExtData(5, Uint8Array.from(bytes));
    expect(message).toEqual({
      type: 2,
      invocationId: '1',
      item: [
        ...[null, false, true, 127, -32, 128, 256, 65_536, 4_294_967_296, -128, -32_768, -2_147_483_648, -4_294_967_296, 1.5, 1.5, '', 'a', 'a', 'a', Uint8Array.of(7), Uint8Array.of(7), Uint8Array.of(7)],
        ...[extension(1), extension(1, 2), new Date(1_000), new Date(1_000), extension(...Array(16).keys()), extension(1, 2, 3), extension(1), extension(1)],
        ...[[], [1], [1], {}, { a: 1 }, { a: 1 }, { a: 1 }],
      ],
    });
  });

  it('takes values nested 32 levels deep with their message, and no deeper', () => {
    const nested = (levels: number) => framed(hex(`94 02 80 a1 31 ${'91'.repeat(levels - 1)} 01`));
    expect(read(nested(32))).toHaveLength(1);
    expect(() => read(nested(33))).toThrow('nested deeper than 32 levels');
    expect(() => read(nested(15_000))).toThrow('nested deeper than 32 levels');
  });

  it('refuses text', () => {
    expect(() => read('{"type":6}\u001e')).toThrow('are bytes, not text');
  });
});

describe('the longest record of a reader of MessagePack messages', () => {
  const record = write({ type: 2, invocationId: '1', item: Buffer.alloc(200) });
  const bytes = record.length - 2;

  it.each<[string, Uint8Array[]]>([
    ['in one chunk', [record]],
    ['in small chunks', pieces(record, numbers(3))],
    ['behind another', [Buffer.concat([hex('02 91 06'), record])]],
  ])('holds for a record that is complete, %s', (_, chunks) => {
    expect(readAll(messagePackHubProtocol, chunks, bytes).at(-1)).toMatchObject({ type: 2 });
    expect(() => readAll(messagePackHubProtocol, chunks, bytes - 1)).toThrow(`longer than ${bytes - 1} bytes`);
  });

  it('holds as soon as a length is known to be too long', () => {
    expect(() => readAll(messagePackHubProtocol, [hex('64')], 100)).not.toThrow();
    for (const prefix of ['65', 'e5', 'ff ff', '80 80 80 80 80', 'ff ff ff ff 07', 'ff ff ff ff ff ff ff']) expect(() => readAll(messagePackHubProtocol, [hex(prefix)], 100)).toThrow(HubProtocolError);
  });

  it('does not bound a chunk with many records', () => {
    expect(readAll(messagePackHubProtocol, [Buffer.concat(Array<Uint8Array>(100).fill(hex('02 91 06')))], 2)).toHaveLength(100);
  });
});
