import { StringDecoder } from 'node:string_decoder';
import { HubProtocolError } from './hub-protocol-error.js';
import type { HubProtocol } from './hub-protocol.js';
import { jsonHubProtocol } from './json-hub.protocol.js';
import { messagePackHubProtocol } from './message-pack-hub.protocol.js';
import type { Payload } from './payload.js';
import { recordSeparator } from './record-separator.js';

const maxHandshakeBytes = 4_096;

const protocols: readonly HubProtocol[] = [jsonHubProtocol, messagePackHubProtocol];

/** What a client asks for before anything else. */
export interface Handshake {
  readonly protocol: HubProtocol;
  /** 2 when the client means to reconnect with its state, else 1. */
  readonly version: number;
  /** What came behind it in the same chunk: hub messages already. */
  readonly rest: Payload | undefined;
}

/** Reads the handshake request of one connection: JSON and a record separator, also where the messages will be bytes (SignalR Hub Protocol, handshake). */
export class HandshakeReader {
  #text = '';
  #bytes = 0;
  readonly #decoder = new StringDecoder('utf8');

  /** @param carriesBinary whether the transport carries protocols whose records are bytes */
  constructor(private readonly carriesBinary: boolean) {}

  /**
   * The handshake, once a chunk ends it; not to be called again then.
   * @throws HubProtocolError when it is longer than 4 KiB, malformed, or names a protocol or version that cannot be spoken: the message is for `handshakeAnswer`
   */
  read(chunk: Payload): Handshake | undefined {
    const end = typeof chunk === 'string' ? chunk.indexOf(recordSeparator) : chunk.indexOf(recordSeparator.charCodeAt(0));
    const part = end === -1 ? chunk : piece(chunk, 0, end);
    this.#bytes += Buffer.byteLength(part);
    if (this.#bytes > maxHandshakeBytes) throw new HubProtocolError(`The handshake request is longer than ${maxHandshakeBytes} bytes.`);
    this.#text += typeof part === 'string' ? part : this.#decoder.write(part);
    if (end === -1) return undefined;
    return { ...this.#request(), rest: end + 1 < chunk.length ? piece(chunk, end + 1, chunk.length) : undefined };
  }

  #request(): Pick<Handshake, 'protocol' | 'version'> {
    const { protocol: name, version } = membersOf(this.#text);
    if (typeof name !== 'string') throw new HubProtocolError('The handshake request must name a `protocol`.');
    const protocol = protocols.find((known) => known.name === name);
    if (!protocol) throw new HubProtocolError(`The protocol '${name}' is not known; ${protocols.map((known) => known.name).join(' and ')} are.`);
    if (typeof version !== 'number') throw new HubProtocolError('The handshake request must name a `version`.');
    if (version !== 1 && version !== 2) throw new HubProtocolError(`Version ${version} of the protocol '${name}' is not known; 1 and 2 are.`);
    if (protocol.binary && !this.carriesBinary) throw new HubProtocolError(`The protocol '${name}' cannot be spoken on a transport for text.`);
    return { protocol, version };
  }
}

/**
 * The answer to a handshake request, as a whole record.
 * @param error why the connection is closed now; without it everything is well
 */
export function handshakeAnswer(error?: string): string {
  return JSON.stringify({ error }) + recordSeparator;
}

function piece(chunk: Payload, start: number, end: number): Payload {
  return typeof chunk === 'string' ? chunk.slice(start, end) : chunk.subarray(start, end);
}

function membersOf(text: string): { readonly protocol?: unknown; readonly version?: unknown } {
  let members: unknown;
  try {
    members = JSON.parse(text);
  } catch (cause) {
    throw new HubProtocolError('The handshake request is not JSON.', { cause });
  }
  if (typeof members !== 'object' || members === null) throw new HubProtocolError('The handshake request must be a JSON object.');
  return members;
}
