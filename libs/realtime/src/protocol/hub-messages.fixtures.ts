import type { HubMessage } from './hub-message.js';
import type { HubProtocol } from './hub-protocol.js';
import type { Payload } from './payload.js';

/** A message, and the records that it is in either protocol. */
export interface ExampleMessage {
  readonly name: string;
  readonly message: HubMessage;
  /** Without its end. */
  readonly json: string;
  readonly messagePack: Uint8Array;
}

/** Messages of every type, with and without what is optional in them. */
export const examples: readonly ExampleMessage[] = [
  example('a call that nobody waits for', { type: 1, target: 'ping', arguments: [] }, '{"type":1,"target":"ping","arguments":[]}', '0b 96 01 80 c0 a4 70 69 6e 67 90 90'),
  example('a call', { type: 1, invocationId: '7', target: 'add', arguments: [1, 'ü€😀', null] }, '{"type":1,"invocationId":"7","target":"add","arguments":[1,"ü€😀",null]}', '17 96 01 80 a1 37 a3 61 64 64 93 01 a9 c3 bc e2 82 ac f0 9f 98 80 c0 90'),
  example('a call that brings streams', { type: 1, invocationId: '8', target: 'up', arguments: [], streamIds: ['s1', 's2'] }, '{"type":1,"invocationId":"8","target":"up","arguments":[],"streamIds":["s1","s2"]}', '10 96 01 80 a1 38 a2 75 70 90 92 a2 73 31 a2 73 32'),
  example('a call for a stream', { type: 4, invocationId: '9', target: 'count', arguments: [300] }, '{"type":4,"invocationId":"9","target":"count","arguments":[300]}', '10 96 04 80 a1 39 a5 63 6f 75 6e 74 91 cd 01 2c 90'),
  example('a call for a stream that brings one', { type: 4, invocationId: '9', target: 'up', arguments: [], streamIds: ['s1'] }, '{"type":4,"invocationId":"9","target":"up","arguments":[],"streamIds":["s1"]}', '0d 96 04 80 a1 39 a2 75 70 90 91 a2 73 31'),
  example('an item', { type: 2, invocationId: '9', item: { a: [true, 1.5] } }, '{"type":2,"invocationId":"9","item":{"a":[true,1.5]}}', '13 94 02 80 a1 39 81 a1 61 92 c3 cb 3f f8 00 00 00 00 00 00'),
  example('an item that is null', { type: 2, invocationId: '9', item: null }, '{"type":2,"invocationId":"9","item":null}', '06 94 02 80 a1 39 c0'),
  example('an end with an error', { type: 3, invocationId: '9', error: 'no', hasResult: false }, '{"type":3,"invocationId":"9","error":"no"}', '09 95 03 80 a1 39 01 a2 6e 6f'),
  example('an end', { type: 3, invocationId: '9', hasResult: false }, '{"type":3,"invocationId":"9"}', '06 94 03 80 a1 39 02'),
  example('an end with a result', { type: 3, invocationId: '9', hasResult: true, result: 42 }, '{"type":3,"invocationId":"9","result":42}', '07 95 03 80 a1 39 03 2a'),
  example('an end with a result that is null', { type: 3, invocationId: '9', hasResult: true, result: null }, '{"type":3,"invocationId":"9","result":null}', '07 95 03 80 a1 39 03 c0'),
  example('a cancellation', { type: 5, invocationId: '9' }, '{"type":5,"invocationId":"9"}', '05 93 05 80 a1 39'),
  example('a ping', { type: 6 }, '{"type":6}', '02 91 06'),
  example('a close', { type: 7 }, '{"type":7}', '03 92 07 c0'),
  example('a close with an error', { type: 7, error: 'bye', allowReconnect: true }, '{"type":7,"error":"bye","allowReconnect":true}', '07 93 07 a3 62 79 65 c3'),
  example('an acknowledgement', { type: 8, sequenceId: 1 }, '{"type":8,"sequenceId":1}', '03 92 08 01'),
  example('a sequence', { type: 9, sequenceId: 4_294_967_296 }, '{"type":9,"sequenceId":4294967296}', '0b 92 09 cf 00 00 00 01 00 00 00 00'),
];

/** Bytes from their hexadecimal notation. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

/** What a new reader makes of these chunks. */
export function readAll(protocol: HubProtocol, chunks: readonly Payload[], maxRecordBytes = 32_768): HubMessage[] {
  const reader = protocol.reader(maxRecordBytes);
  return chunks.flatMap((chunk) => reader.read(chunk));
}

/** Numbers from 0 to below `bound`, always the same. */
export function numbers(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

/** A chunk in pieces of 1 to 7 bytes or characters. */
export function pieces<T extends Payload>(chunk: T, next: (bound: number) => number): T[] {
  const cut: T[] = [];
  for (let start = 0; start < chunk.length; ) {
    const end = start + 1 + next(7);
    cut.push(chunk.slice(start, end) as T);
    start = end;
  }
  return cut;
}

/** Any value that both protocols give back as it was. */
export function anyValue(next: (bound: number) => number, levels = 4): unknown {
  const kind = next(levels === 0 ? 6 : 8);
  if (kind === 0) return null;
  if (kind === 1) return next(2) === 0;
  if (kind === 2) return next(2) === 0 ? next(100) - 50 : next(2 ** 53) - 2 ** 52;
  if (kind === 3) return next(1_000) / 8;
  if (kind < 6) return Array.from({ length: next(300) >> next(9) }, () => ['a', '"', '\u001e', '\n', 'ß', '€', '😀', '\u0000'][next(8)]).join('');
  const items = Array.from({ length: next(20) }, () => anyValue(next, levels - 1));
  return kind === 6 ? items : Object.fromEntries(items.map((item, index) => [`${index}-${next(100)}`, item]));
}

function example(name: string, message: HubMessage, json: string, messagePack: string): ExampleMessage {
  return { name, message, json, messagePack: hex(messagePack) };
}
