import type { Payload } from '../protocol/payload.js';

const finalText = 0x81;
const finalBinary = 0x82;

/** A record as one whole frame of a server: text or binary as the record is itself, unmasked (RFC 6455 5.2). */
export function webSocketFrame(record: Payload): Buffer {
  const opcode = typeof record === 'string' ? finalText : finalBinary;
  const length = typeof record === 'string' ? Buffer.byteLength(record) : record.length;
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame[0] = opcode;
  if (headerBytes === 2) frame[1] = length;
  else if (headerBytes === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  if (typeof record === 'string') frame.write(record, headerBytes);
  else frame.set(record, headerBytes);
  return frame;
}
