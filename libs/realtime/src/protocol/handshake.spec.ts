import { describe, expect, it } from 'vitest';
import { HandshakeReader, handshakeAnswer } from './handshake.js';
import { HubProtocolError } from './hub-protocol-error.js';
import { jsonHubProtocol } from './json-hub.protocol.js';
import { messagePackHubProtocol } from './message-pack-hub.protocol.js';
import type { Payload } from './payload.js';

const end = '\u001e';
const request = `{"protocol":"json","version":1}${end}`;

function read(chunks: readonly Payload[], carriesBinary = true) {
  const reader = new HandshakeReader(carriesBinary);
  return chunks.map((chunk) => reader.read(chunk));
}

describe('a handshake', () => {
  it.each([
    [request, jsonHubProtocol, 1],
    [`{"version":2,"protocol":"json","more":true}${end}`, jsonHubProtocol, 2],
    [`{"protocol":"messagepack","version":1}${end}`, messagePackHubProtocol, 1],
    [`{"protocol":"messagepack","version":2}${end}`, messagePackHubProtocol, 2],
  ])('is read from %s, in text or bytes', (text, protocol, version) => {
    for (const chunk of [text, Buffer.from(text)]) expect(read([chunk])).toEqual([{ protocol, version, rest: undefined }]);
  });

  it('is read when it is split anywhere, with what is glued to it in the form in which it came', () => {
    const text = `{"protocol":"json","version":1,"x":"ü€"}${end}`;
    const rest = `{"type":6}${end}{"ty`;
    const whole = Buffer.from(text + rest);
    for (let cut = 1; cut < Buffer.byteLength(text); cut++) {
      expect(read([whole.subarray(0, cut), whole.subarray(cut)])).toEqual([undefined, { protocol: jsonHubProtocol, version: 1, rest: Buffer.from(rest) }]);
    }
    for (let cut = 1; cut < text.length; cut++) {
      expect(read([text.slice(0, cut), text.slice(cut) + rest])).toEqual([undefined, { protocol: jsonHubProtocol, version: 1, rest }]);
    }
  });

  it('names a protocol that is not known as it was sent, also when its characters are split', () => {
    const bytes = Buffer.from(`{"protocol":"ü€","version":1}${end}`);
    for (let cut = 1; cut < bytes.length; cut++) expect(() => read([bytes.subarray(0, cut), bytes.subarray(cut)])).toThrow("The protocol 'ü€' is not known");
  });

  it('is bound to 4 KiB, and what is glued to it is not', () => {
    const long = (bytes: number) => `{"protocol":"json","version":1,"x":"${'ü'.repeat((bytes - 38) / 2)}"}`;
    expect(Buffer.byteLength(long(4_096))).toBe(4_096);
    for (const chunks of [[long(4_096) + end + 'x'.repeat(9_000)], [Buffer.from(long(4_096) + end)]]) expect(read(chunks)).toMatchObject([{ version: 1 }]);
    for (const text of [long(4_098) + end, long(4_098), ' '.repeat(4_097)]) {
      expect(() => read([text])).toThrow('longer than 4096 bytes');
      expect(() => read([...Buffer.from(text)].map((byte) => Uint8Array.of(byte)))).toThrow('longer than 4096 bytes');
    }
  });

  it.each([
    ['', 'not JSON'],
    ['GET / HTTP/1.1', 'not JSON'],
    ['null', 'JSON object'],
    ['1', 'JSON object'],
    ['{"type":6}', 'must name a `protocol`'],
    ['{"protocol":1,"version":1}', 'must name a `protocol`'],
    ['{"protocol":"json"}', 'must name a `version`'],
    ['{"protocol":"json","version":"1"}', 'must name a `version`'],
    ['{"protocol":"xml","version":1}', "The protocol 'xml' is not known; json and messagepack are."],
    ['{"protocol":"json","version":3}', "Version 3 of the protocol 'json' is not known; 1 and 2 are."],
    ['{"protocol":"messagepack","version":0}', "Version 0 of the protocol 'messagepack' is not known; 1 and 2 are."],
    ['{"protocol":"json","version":1.5}', "Version 1.5 of the protocol 'json' is not known; 1 and 2 are."],
  ])('is refused when it is %s', (text, sentence) => {
    expect(() => read([text + end])).toThrow(HubProtocolError);
    expect(() => read([text + end])).toThrow(sentence);
  });

  it('is refused for a protocol that is bytes on a transport for text', () => {
    expect(() => read([`{"protocol":"messagepack","version":1}${end}`], false)).toThrow("The protocol 'messagepack' cannot be spoken on a transport for text.");
    expect(read([request], false)).toMatchObject([{ protocol: jsonHubProtocol }]);
  });

  it('is answered with nothing, or with an error', () => {
    expect([handshakeAnswer(), handshakeAnswer(`no "${end}"`)]).toEqual([`{}${end}`, `{"error":"no \\"\\u001e\\""}${end}`]);
  });
});
