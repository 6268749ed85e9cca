import { decode } from '@msgpack/msgpack';
import { PorticoError } from '@portico/core';

/** A call of clients, as a service sends it. */
export interface PushCall {
  readonly target: string;
  readonly arguments: readonly unknown[];
}

/** Lists and objects that may stand in each other: no serialiser takes any depth. */
const maxNesting = 32;

/** Where JSON begins that is no text, number or word: MessagePack has a small number there, which is no call. */
const brace = 0x7b;

/**
 * The call in a body: JSON, or a MessagePack map of the same members, which may begin with a capital. A body without a media type of its own is what it begins with.
 * @throws PorticoError `REQUEST_MALFORMED` when it cannot be read, `REQUEST_INVALID` when it is no call
 */
export function readPushCall(body: Buffer, mediaType: string): PushCall {
  const isJson = mediaType === 'application/json' || (mediaType === 'application/octet-stream' && body.toString('latin1').trimStart().charCodeAt(0) === brace);
  let read: unknown;
  try {
    read = isJson ? JSON.parse(body.toString()) : decode(body);
  } catch (cause) {
    throw new PorticoError('REQUEST_MALFORMED', { detail: `The body is no ${isJson ? 'JSON' : 'MessagePack'}.`, cause });
  }
  const members = typeof read === 'object' && read !== null ? (read as Record<string, unknown>) : {};
  const target = members['target'] ?? members['Target'];
  const args = members['arguments'] ?? members['Arguments'];
  const faults = [
    ...(typeof target === 'string' && target !== '' ? [] : [{ path: 'body.target', message: 'must be a text that is not empty' }]),
    ...(Array.isArray(args) ? [] : [{ path: 'body.arguments', message: 'must be a list' }]),
    ...(isDeep(args, maxNesting) ? [{ path: 'body.arguments', message: `must not be nested deeper than ${maxNesting} levels` }] : []),
  ];
  if (faults.length > 0) throw new PorticoError('REQUEST_INVALID', { faults });
  return { target: target as string, arguments: args as unknown[] };
}

function isDeep(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return levels === 0 || Object.values(value).some((member) => isDeep(member, levels - 1));
}
