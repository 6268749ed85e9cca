import { Encoder } from '@msgpack/msgpack';
import { messageType, type HubMessage } from './hub-message.js';
import type { HubProtocol } from './hub-protocol.js';
import { completionKind } from './message-pack-completion.js';
import { MessagePackReader } from './message-pack-reader.js';

// Members that are undefined are left out, as in JSON.
const encoder = new Encoder({ ignoreUndefined: true });

const noHeaders = {};

const ping = framed(Uint8Array.of(0x91, messageType.ping));

/** Hub messages as MessagePack arrays, each after its length (SignalR Hub Protocol, MessagePack encoding). Bytes are `bin`, dates the timestamp extension. */
export const messagePackHubProtocol: HubProtocol = {
  name: 'messagepack',
  binary: true,
  write: (message) => (message.type === messageType.ping ? ping : framed(encoder.encodeSharedRef(wireForm(message)))),
  reader: (maxRecordBytes) => new MessagePackReader(maxRecordBytes),
};

function wireForm(message: Exclude<HubMessage, { type: typeof messageType.ping }>): unknown[] {
  switch (message.type) {
    case messageType.invocation:
    case messageType.streamInvocation:
      return [message.type, noHeaders, message.invocationId, message.target, message.arguments, message.streamIds ?? []];
    case messageType.streamItem:
      return [message.type, noHeaders, message.invocationId, message.item];
    case messageType.completion:
      if (message.error !== undefined) return [message.type, noHeaders, message.invocationId, completionKind.error, message.error];
      if (message.hasResult) return [message.type, noHeaders, message.invocationId, completionKind.result, message.result];
      return [message.type, noHeaders, message.invocationId, completionKind.void];
    case messageType.cancelInvocation:
      return [message.type, noHeaders, message.invocationId];
    case messageType.close:
      return message.allowReconnect === undefined ? [message.type, message.error] : [message.type, message.error, message.allowReconnect];
    case messageType.ack:
    case messageType.sequence:
      return [message.type, message.sequenceId];
  }
}

/** A record with its length before it: seven bits in a byte, the lowest first, the highest bit says that more follow. */
function framed(record: Uint8Array): Uint8Array {
  let prefixBytes = 1;
  for (let left = record.length >>> 7; left > 0; left >>>= 7) prefixBytes++;
  const framedRecord = Buffer.allocUnsafe(prefixBytes + record.length);
  let left = record.length;
  for (let at = 0; at < prefixBytes; at++, left >>>= 7) framedRecord[at] = left > 0x7f ? (left & 0x7f) | 0x80 : left;
  framedRecord.set(record, prefixBytes);
  return framedRecord;
}
