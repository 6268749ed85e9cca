import { JsonHubProtocol, NullLogger, type HubMessage as OfficialMessage, type IHubProtocol } from '@microsoft/signalr';
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack';
import { describe, expect, it } from 'vitest';
import { anyValue, examples, numbers, readAll } from './hub-messages.fixtures.js';
import { messageType, type HubMessage } from './hub-message.js';
import type { HubProtocol } from './hub-protocol.js';
import { jsonHubProtocol } from './json-hub.protocol.js';
import { messagePackHubProtocol } from './message-pack-hub.protocol.js';
import type { Payload } from './payload.js';

/** Clients never get calls for streams or cancellations, so their protocols do not read them. */
const unread: readonly number[] = [messageType.streamInvocation, messageType.cancelInvocation];

/** The message as a client has it. */
function official({ message }: { message: HubMessage }): OfficialMessage {
  const { hasResult: _, ...members } = message as HubMessage & { hasResult?: boolean };
  return members as unknown as OfficialMessage;
}

function theyRead(protocol: IHubProtocol, record: Payload): OfficialMessage[] {
  return protocol.parseMessages(typeof record === 'string' ? record : Uint8Array.from(record).buffer, NullLogger.instance);
}

function weRead(protocol: HubProtocol, record: string | ArrayBuffer): HubMessage[] {
  return readAll(protocol, [typeof record === 'string' ? record : new Uint8Array(record)], 1_000_000);
}

function manyMessages(): HubMessage[] {
  const next = numbers(23);
  return Array.from({ length: 100 }, (_, round): HubMessage => {
    const [invocationId, value] = [`${round}`, anyValue(next)];
    if (round % 3 === 0) return { type: messageType.invocation, invocationId, target: 'any', arguments: [value] };
    return round % 3 === 1 ? { type: messageType.streamItem, invocationId, item: value } : { type: messageType.completion, invocationId, hasResult: true, result: value };
  });
}

describe.each<[string, HubProtocol, IHubProtocol]>([
  ['JSON', jsonHubProtocol, new JsonHubProtocol()],
  ['MessagePack', messagePackHubProtocol, new MessagePackHubProtocol()],
])('the %s protocol of the official client', (_, ours, theirs) => {
  it('has the same name', () => {
    expect(theirs.name).toBe(ours.name);
  });

  it.each(examples.filter(({ message }) => !unread.includes(message.type)))('reads $name that is written here', (example) => {
    const { streamIds: _streams, ...members } = official(example) as OfficialMessage & { streamIds?: unknown };
    expect(theyRead(theirs, ours.write(example.message))).toMatchObject([members]);
  });

  // It writes a close without its members in MessagePack.
  it.each(examples.filter(({ name }) => name !== 'a close with an error'))('writes $name for reading here', (example) => {
    expect(weRead(ours, theirs.writeMessage(official(example)))).toEqual([example.message]);
  });

  it('exchanges any value', () => {
    for (const message of manyMessages()) {
      expect(theyRead(theirs, ours.write(message))).toMatchObject([official({ message })]);
      expect(weRead(ours, theirs.writeMessage(official({ message })))).toEqual([message]);
    }
  });
});

describe('the MessagePack protocol of the official client', () => {
  it.each(examples.filter(({ name }) => name !== 'a close with an error'))('writes the same bytes for $name', ({ message, messagePack }) => {
    const members = official({ message: 'target' in message ? { ...message, streamIds: message.streamIds ?? [] } : message });
    expect(new Uint8Array(new MessagePackHubProtocol().writeMessage(members))).toEqual(messagePack);
  });

  it('exchanges bytes and dates', () => {
    const message: HubMessage = { type: 2, invocationId: '1', item: { bytes: Uint8Array.of(0, 255), at: new Date(1_700_000_000_123) } };
    expect(theyRead(new MessagePackHubProtocol(), messagePackHubProtocol.write(message))).toMatchObject([message]);
    expect(weRead(messagePackHubProtocol, new MessagePackHubProtocol().writeMessage(official({ message })))).toEqual([message]);
  });

  it('reads several records that are sent together', () => {
    const records = [...examples.filter(({ message }) => !unread.includes(message.type)).map(({ messagePack }) => messagePack)];
    expect(theyRead(new MessagePackHubProtocol(), Buffer.concat(records))).toHaveLength(records.length);
  });
});
