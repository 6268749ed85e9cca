import { Decoder } from '@msgpack/msgpack';
import { checkMessagePack } from './check-message-pack.js';
import { checkValue } from './check-value.js';
import { messageType, type HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';
import { completionKind } from './message-pack-completion.js';
import { messageOf, type MessageMembers } from './message-members.js';

const decoder = new Decoder();

/**
 * The message in a record of the MessagePack protocol; undefined when its type is not known.
 * @throws HubProtocolError
 */
export function parseMessagePack(record: Uint8Array): HubMessage | undefined {
  checkMessagePack(record);
  let members: unknown;
  try {
    members = decoder.decode(record);
  } catch (cause) {
    throw new HubProtocolError('A message is not MessagePack.', { cause });
  }
  if (!Array.isArray(members)) throw new HubProtocolError('A message must be a MessagePack array.');
  checkValue(members);
  return messageOf(namedMembers(members));
}

/** Gives the members of a message their names. Headers, the second member of most, are left out. */
function namedMembers(members: readonly unknown[]): MessageMembers {
  const [type, second, third, fourth, fifth, sixth] = members;
  switch (type) {
    case messageType.invocation:
    case messageType.streamInvocation:
      return { type, invocationId: third, target: fourth, arguments: fifth, streamIds: sixth };
    case messageType.streamItem:
      return { type, invocationId: third, item: fourth };
    case messageType.completion:
      return { type, invocationId: third, ...outcome(fourth, fifth) };
    case messageType.cancelInvocation:
      return { type, invocationId: third };
    case messageType.close:
      return { type, error: second, allowReconnect: third };
    case messageType.ack:
    case messageType.sequence:
      return { type, sequenceId: second };
    default:
      return { type };
  }
}

function outcome(kind: unknown, value: unknown): Pick<MessageMembers, 'error' | 'result'> {
  if (kind === completionKind.void) return {};
  if (kind !== completionKind.error && kind !== completionKind.result) throw new HubProtocolError('The kind of a completion must be 1, 2 or 3.');
  if (kind === completionKind.error && typeof value !== 'string') throw new HubProtocolError('The error of a completion must be a text.');
  if (value === undefined) throw new HubProtocolError('A completion of this kind has a value.');
  return kind === completionKind.error ? { error: value } : { result: value };
}
