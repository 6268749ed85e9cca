import { messageType, type HubMessage } from './hub-message.js';
import { HubProtocolError } from './hub-protocol-error.js';

/** Members of a message as a format has read them: nothing is known of them yet. What is missing is undefined; what is optional may be null instead, or empty. */
export interface MessageMembers {
  readonly type: unknown;
  readonly invocationId?: unknown;
  readonly target?: unknown;
  readonly arguments?: unknown;
  readonly streamIds?: unknown;
  readonly item?: unknown;
  readonly error?: unknown;
  readonly result?: unknown;
  readonly allowReconnect?: unknown;
  readonly sequenceId?: unknown;
}

/**
 * The message that these members make; undefined when its type is not known, for later versions of the protocol may have more of them.
 * @throws HubProtocolError naming the member that is missing or of the wrong type
 */
export function messageOf(members: MessageMembers): HubMessage | undefined {
  const { type } = members;
  switch (type) {
    case messageType.invocation:
      // Some clients write an empty id for none.
      return { type, invocationId: optionalText('invocationId', members.invocationId) || undefined, target: targetOf(members), arguments: argumentsOf(members), streamIds: streamIdsOf(members) };
    case messageType.streamInvocation:
      return { type, invocationId: idOf(members), target: targetOf(members), arguments: argumentsOf(members), streamIds: streamIdsOf(members) };
    case messageType.streamItem:
      if (members.item === undefined) throw new HubProtocolError('A stream item has no `item`.');
      return { type, invocationId: idOf(members), item: members.item };
    case messageType.completion:
      return completionOf(type, members);
    case messageType.cancelInvocation:
      return { type, invocationId: idOf(members) };
    case messageType.ping:
      return { type };
    case messageType.close:
      return { type, error: optionalText('error', members.error), allowReconnect: optionalFlag('allowReconnect', members.allowReconnect) };
    case messageType.ack:
    case messageType.sequence:
      return { type, sequenceId: sequenceIdOf(members) };
    default:
      if (typeof type !== 'number') throw new HubProtocolError('The type of a message must be a number.');
      return undefined;
  }
}

function targetOf(members: MessageMembers): string {
  return text('target', members.target);
}

function argumentsOf(members: MessageMembers): readonly unknown[] {
  if (!Array.isArray(members.arguments)) throw new HubProtocolError('The member `arguments` must be a list.');
  return members.arguments;
}

function streamIdsOf({ streamIds }: MessageMembers): readonly string[] | undefined {
  if (streamIds == null) return undefined;
  if (!Array.isArray(streamIds) || !streamIds.every((id) => typeof id === 'string')) throw new HubProtocolError('The member `streamIds` must be a list of texts.');
  return streamIds.length === 0 ? undefined : streamIds;
}

function completionOf(type: typeof messageType.completion, members: MessageMembers): HubMessage {
  const { result } = members;
  const error = optionalText('error', members.error);
  const hasResult = result !== undefined;
  if (hasResult && error !== undefined) throw new HubProtocolError('A completion has either an `error` or a `result`.');
  return { type, invocationId: idOf(members), error, hasResult, result };
}

function idOf(members: MessageMembers): string {
  return text('invocationId', members.invocationId);
}

function sequenceIdOf({ sequenceId }: MessageMembers): number {
  if (!Number.isSafeInteger(sequenceId) || (sequenceId as number) < 0) throw new HubProtocolError('The member `sequenceId` must be a whole number that is not negative.');
  return sequenceId as number;
}

function text(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new HubProtocolError(`The member \`${name}\` must be a text that is not empty.`);
  return value;
}

function optionalText(name: string, value: unknown): string | undefined {
  if (value == null) return undefined;
  if (typeof value !== 'string') throw new HubProtocolError(`The member \`${name}\` must be a text.`);
  return value;
}

function optionalFlag(name: string, value: unknown): boolean | undefined {
  if (value == null) return undefined;
  if (typeof value !== 'boolean') throw new HubProtocolError(`The member \`${name}\` must be true or false.`);
  return value;
}
