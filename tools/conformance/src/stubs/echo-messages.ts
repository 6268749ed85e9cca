import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Accepts a WebSocket upgrade (RFC 6455 4.2) and sends every message back. Knows frames of up to 64 KiB, in one piece each: what a test sends. */
export function echoMessages(request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const accept = createHash('sha1').update(`${request.headers['sec-websocket-key'] ?? ''}${guid}`).digest('base64');
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
  let pending = head;
  const take = (): void => {
    for (let frame = frameIn(pending); frame; frame = frameIn(pending)) {
      pending = pending.subarray(frame.size);
      socket.write(unmaskedFrame(frame.opcode, frame.payload));
      // A close is answered by a close.
      if (frame.opcode === 8) socket.end();
    }
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    take();
  });
  take();
}

function frameIn(bytes: Buffer): { opcode: number; payload: Buffer; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] as number) & 0x7f;
  const start = short === 126 ? 4 : 2;
  if (bytes.length < start + 4) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const size = start + 4 + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, size).map((byte, index) => byte ^ (mask[index % 4] as number)));
  return { opcode: (bytes[0] as number) & 0x0f, payload, size };
}

function unmaskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head = length < 126 ? [0x80 | opcode, length] : [0x80 | opcode, 126, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), payload]);
}
