import { StringDecoder } from 'node:string_decoder';
import { checkValue } from './check-value.js';
import { messageType, type HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';
import type { HubProtocol, MessageReader } from './hub-protocol.js';
import { jsonText } from './json-text.js';
import { messageOf, type MessageMembers } from './message-members.js';
import type { Payload } from './payload.js';
import { recordSeparator } from './record-separator.js';

/** Hub messages as JSON, each ended by a record separator (SignalR Hub Protocol, JSON encoding). Clients read bytes as base64 and dates as ISO 8601. */
export const jsonHubProtocol: HubProtocol = {
  name: 'json',
  binary: false,
  write: (message) => jsonText(wireForm(message)) + recordSeparator,
  reader: (maxRecordBytes) => new JsonMessageReader(maxRecordBytes),
};

class JsonMessageReader implements MessageReader {
  /** What has come of a record, and how many bytes that is. */
  #record = '';
  #recordBytes = 0;
  /** Only for chunks that are bytes: most transports have text. */
  #decoder: StringDecoder | undefined;

  constructor(private readonly maxRecordBytes: number) {}

  read(chunk: Payload): HubMessage[] {
    const text = typeof chunk === 'string' ? chunk : (this.#decoder ??= new StringDecoder('utf8')).write(chunk);
    const messages: HubMessage[] = [];
    let start = 0;
    for (let end = text.indexOf(recordSeparator); end !== -1; end = text.indexOf(recordSeparator, start)) {
      this.#add(text.slice(start, end));
      const message = parse(this.#record);
      if (message) messages.push(message);
      this.#record = '';
      this.#recordBytes = 0;
      start = end + 1;
    }
    this.#add(text.slice(start));
    return messages;
  }

  #add(text: string): void {
    this.#recordBytes += Buffer.byteLength(text);
    if (this.#recordBytes > this.maxRecordBytes) throw new HubProtocolError(`A message is longer than ${this.maxRecordBytes} bytes.`);
    this.#record += text;
  }
}

function parse(record: string): HubMessage | undefined {
  let members: unknown;
  try {
    members = JSON.parse(record);
  } catch (cause) {
    throw new HubProtocolError('A message is not JSON.', { cause });
  }
  if (typeof members !== 'object' || members === null || Array.isArray(members)) throw new HubProtocolError('A message must be a JSON object.');
  checkValue(members);
  return messageOf(members as MessageMembers);
}

/** Clients want an item and a result as soon as there is one, even when it is undefined here. */
function wireForm(message: HubMessage): object {
  switch (message.type) {
    case messageType.streamItem:
      return { type: message.type, invocationId: message.invocationId, item: message.item ?? null };
    case messageType.completion: {
      const { type, invocationId, error, hasResult, result } = message;
      return error === undefined && hasResult ? { type, invocationId, result: result ?? null } : { type, invocationId, error };
    }
    default:
      return message;
  }
}
