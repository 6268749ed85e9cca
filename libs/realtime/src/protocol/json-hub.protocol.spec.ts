import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { anyValue, examples, numbers, pieces, readAll } from './hub-messages.fixtures.js';
import type { HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';
import { jsonHubProtocol } from './json-hub.protocol.js';
import type { Payload } from './payload.js';

const end = '\u001e';
const read = (text: string, maxRecordBytes?: number) => readAll(jsonHubProtocol, [text], maxRecordBytes);
const write = (message: HubMessage) => jsonHubProtocol.write(message) as string;
const everything = examples.map(({ json }) => json + end).join('');
const all = examples.map(({ message }) => message);

describe('the JSON protocol', () => {
  it('has the name that clients use, and is text', () => {
    expect([jsonHubProtocol.name, jsonHubProtocol.binary]).toEqual(['json', false]);
  });

  it.each(examples)('writes and reads $name', ({ message, json }) => {
    expect(write(message)).toBe(json + end);
    expect(read(json + end)).toEqual([message]);
    expect(readAll(jsonHubProtocol, [Buffer.from(json + end)])).toEqual([message]);
  });

  it('writes null for an item or a result that is undefined, and no result beside an error', () => {
    expect(write({ type: 2, invocationId: '1', item: undefined })).toBe(`{"type":2,"invocationId":"1","item":null}${end}`);
    expect(write({ type: 3, invocationId: '1', hasResult: true })).toBe(`{"type":3,"invocationId":"1","result":null}${end}`);
    expect(write({ type: 3, invocationId: '1', hasResult: true, result: 1, error: '' })).toBe(`{"type":3,"invocationId":"1","error":""}${end}`);
  });

  it('writes no member that is undefined', () => {
    expect(write({ type: 1, invocationId: undefined, target: 'x', arguments: [{ a: undefined }, undefined], streamIds: undefined })).toBe(`{"type":1,"target":"x","arguments":[{},null]}${end}`);
    expect(write({ type: 7, error: undefined, allowReconnect: undefined })).toBe(`{"type":7}${end}`);
  });

  it('writes bytes as base64 and dates as ISO 8601, wherever they stand', () => {
    const bytes = Uint8Array.of(0, 255, 62, 63).subarray(1);
    const text = (value: unknown) => JSON.parse(write({ type: 2, invocationId: '1', item: value }).slice(0, -1)).item;
    for (const [value, written] of [
      [bytes, '/z4/'],
      [Buffer.from(bytes), '/z4/'],
      [{ deep: [1, { bytes }] }, { deep: [1, { bytes: '/z4/' }] }],
      [{ toJSON: () => ({ bytes }) }, { bytes: '/z4/' }],
      [{ toJSON: () => bytes }, '/z4/'],
    ]) {
      expect(text(value)).toEqual(written);
    }
    expect(text({ at: new Date(1_000), none: new Uint8Array(0) })).toEqual({ at: '1970-01-01T00:00:01.000Z', none: '' });
  });

  it('says of a circle that it is one, with bytes in it or not', () => {
    for (const circle of [{ self: {} }, { bytes: Buffer.of(1), self: {} }]) {
      circle.self = circle;
      expect(() => write({ type: 2, invocationId: '1', item: circle })).toThrow(/circular/);
    }
  });

  it('writes the character that ends a record escaped', () => {
    const record = write({ type: 1, target: 'x', arguments: [`a${end}b`, { [end]: 1 }] });
    expect(record.indexOf(end)).toBe(record.length - 1);
    expect(read(record)).toEqual([{ type: 1, target: 'x', arguments: [`a${end}b`, { [end]: 1 }] }]);
  });
});

describe('a reader of JSON messages', () => {
  const bytes = Buffer.from(everything);

  it('reads records that share a chunk', () => {
    expect(read(everything)).toEqual(all);
    expect(readAll(jsonHubProtocol, [bytes])).toEqual(all);
  });

  it('reads records that are split anywhere', () => {
    const inOne = read(everything);
    const lost = [everything, bytes].flatMap((chunk) => Array.from(chunk as ArrayLike<unknown>, (_, cut) => [chunk.slice(0, cut), chunk.slice(cut)])).filter((cut) => !isDeepStrictEqual(readAll(jsonHubProtocol, cut), inOne));
    expect(lost).toEqual([]);
    expect(readAll(jsonHubProtocol, Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(all);
  });

  it('reads text and bytes in turn', () => {
    expect(readAll(jsonHubProtocol, ['{"type":', Buffer.from('5,"invocationId":"ü"'), `}${end}`])).toEqual([{ type: 5, invocationId: 'ü' }]);
  });

  it('gives each message with the chunk that ends it', () => {
    const reader = jsonHubProtocol.reader(100);
    expect([reader.read('{"type":6}'), reader.read(''), reader.read(`${end}{"type":6}${end}{`), reader.read(`"type":7}${end}`)]).toEqual([[], [], [{ type: 6 }, { type: 6 }], [{ type: 7 }]]);
  });

  it('gives any value back as it was', () => {
    const next = numbers(7);
    for (let round = 0; round < 100; round++) {
      const message: HubMessage = { type: 1, invocationId: `${round}`, target: 'any', arguments: [anyValue(next), anyValue(next)] };
      expect(readAll(jsonHubProtocol, pieces(Buffer.from(write(message)), next), 1_000_000)).toEqual([message]);
    }
  });

  it('leaves out types that are not known, headers and members that are not known', () => {
    expect(read(`{"type":10,"target":1}${end}{"type":6,"more":[]}${end}{"type":-1}${end}{"headers":{"a":"b"},"type":5,"invocationId":"1"}${end}`)).toEqual([{ type: 6 }, { type: 5, invocationId: '1' }]);
  });

  it('takes null for what is optional, an empty id of a call and an empty list of streams for none', () => {
    expect(read(`{"type":1,"invocationId":null,"target":"x","arguments":[],"streamIds":null}${end}{"type":1,"invocationId":"","target":"x","arguments":[],"streamIds":[]}${end}`)).toStrictEqual([
      { type: 1, invocationId: undefined, target: 'x', arguments: [], streamIds: undefined },
      { type: 1, invocationId: undefined, target: 'x', arguments: [], streamIds: undefined },
    ]);
    expect(read(`{"type":3,"invocationId":"1","error":null}${end}{"type":7,"error":null,"allowReconnect":null}${end}`)).toEqual([{ type: 3, invocationId: '1', hasResult: false }, { type: 7 }]);
  });

  it('takes an error that is empty for an error', () => {
    expect(read(`{"type":3,"invocationId":"1","error":""}${end}`)).toEqual([{ type: 3, invocationId: '1', hasResult: false, error: '' }]);
  });

  it.each([
    ['', /not JSON/],
    ['{', /not JSON/],
    ['{"type":6}{"type":6}', /not JSON/],
    ['\ufeff{"type":6}', /not JSON/],
    ['null', /JSON object/],
    ['6', /JSON object/],
    ['[6]', /JSON object/],
    ['{}', /type of a message/],
    ['{"type":"6"}', /type of a message/],
    ['{"type":1,"arguments":[]}', /`target`/],
    ['{"type":1,"target":"","arguments":[]}', /`target`/],
    ['{"type":1,"target":1,"arguments":[]}', /`target`/],
    ['{"type":1,"target":"x"}', /`arguments`/],
    ['{"type":1,"target":"x","arguments":{}}', /`arguments`/],
    ['{"type":1,"target":"x","arguments":[],"invocationId":1}', /`invocationId`/],
    ['{"type":1,"target":"x","arguments":[],"streamIds":"1"}', /`streamIds`/],
    ['{"type":1,"target":"x","arguments":[],"streamIds":[1]}', /`streamIds`/],
    ['{"type":4,"target":"x","arguments":[]}', /`invocationId`/],
    ['{"type":4,"target":"x","arguments":[],"invocationId":""}', /`invocationId`/],
    ['{"type":4,"invocationId":"1","arguments":[]}', /`target`/],
    ['{"type":4,"invocationId":"1","target":"x","arguments":null}', /`arguments`/],
    ['{"type":4,"invocationId":"1","target":"x","arguments":[],"streamIds":{}}', /`streamIds`/],
    ['{"type":2,"item":1}', /`invocationId`/],
    ['{"type":2,"invocationId":"1"}', /`item`/],
    ['{"type":3,"result":1}', /`invocationId`/],
    ['{"type":3,"invocationId":"1","error":1}', /`error`/],
    ['{"type":3,"invocationId":"1","error":"x","result":null}', /either/],
    ['{"type":5}', /`invocationId`/],
    ['{"type":7,"error":false}', /`error`/],
    ['{"type":7,"allowReconnect":"true"}', /`allowReconnect`/],
    ['{"type":8}', /`sequenceId`/],
    ['{"type":8,"sequenceId":1.5}', /`sequenceId`/],
    ['{"type":9,"sequenceId":-1}', /`sequenceId`/],
    ['{"type":9,"sequenceId":9007199254740992}', /`sequenceId`/],
    ['{"type":1,"target":"x","arguments":[{"a":[{"__proto__":{}}]}]}', /prototype/],
    ['{"type":1,"target":"x","arguments":[{"\\u005f_proto__":1}]}', /prototype/],
    ['{"type":1,"target":"x","arguments":[{"constructor":{"prototype":{}}}]}', /prototype/],
  ])('refuses %s', (record, sentence) => {
    expect(() => read(record + end)).toThrow(HubProtocolError);
    expect(() => read(record + end)).toThrow(sentence);
  });

  it('refuses records that are damaged with a sentence, and never otherwise', () => {
    const next = numbers(5);
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const damaged = Buffer.from(everything);
      for (let times = next(4); times >= 0; times--) damaged[next(damaged.length)] = next(256);
      try {
        readAll(jsonHubProtocol, [damaged]);
      } catch (error) {
        expect(error).toBeInstanceOf(HubProtocolError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(250);
  });

  it('takes members that only look like those of a prototype', () => {
    const item = { constructor: 'plastic', prototype: { a: 1 }, proto: { constructor: { a: 1 } } };
    expect(read(write({ type: 2, invocationId: '1', item }))).toEqual([{ type: 2, invocationId: '1', item }]);
  });

  it('takes values nested 32 levels deep with their message, and no deeper', () => {
    const nested = (levels: number) => `{"type":2,"invocationId":"1","item":${'['.repeat(levels - 1)}1${']'.repeat(levels - 1)}}${end}`;
    expect(read(nested(32))).toHaveLength(1);
    expect(() => read(nested(33))).toThrow('nested deeper than 32 levels');
    expect(() => read(nested(15_000))).toThrow('nested deeper than 32 levels');
  });
});

describe('the longest record of a reader of JSON messages', () => {
  // 30 bytes in 29 characters.
  const record = '{"type":5,"invocationId":"ü1"}';
  const chunks: [string, (text: string) => Payload[]][] = [
    ['in one chunk', (text) => [text]],
    ['in one chunk of bytes', (text) => [Buffer.from(text)]],
    ['in small chunks', (text) => [...text]],
    ['in small chunks of bytes', (text) => Array.from(Buffer.from(text), (byte) => Uint8Array.of(byte))],
    ['behind another', (text) => [`{"type":6}${end}${text}`]],
  ];

  it.each(chunks)('holds for bytes, and for a record that is complete, %s', (_, chunked) => {
    const bytes = Buffer.byteLength(record);
    expect(readAll(jsonHubProtocol, chunked(record + end), bytes).at(-1)).toEqual({ type: 5, invocationId: 'ü1' });
    expect(() => readAll(jsonHubProtocol, chunked(record + end), bytes - 1)).toThrow(`longer than ${bytes - 1} bytes`);
  });

  it.each(chunks)('holds for a record whose end has not come, %s', (_, chunked) => {
    expect(() => readAll(jsonHubProtocol, chunked('x'.repeat(30)), 30)).not.toThrow();
    expect(() => readAll(jsonHubProtocol, chunked('x'.repeat(31)), 30)).toThrow(HubProtocolError);
  });

  it('does not bound a chunk with many records', () => {
    expect(readAll(jsonHubProtocol, [`{"type":6}${end}`.repeat(100)], 10)).toHaveLength(100);
  });
});
