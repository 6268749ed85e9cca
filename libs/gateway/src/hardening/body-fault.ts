import type { IncomingMessage } from 'node:http';
import { PorticoError } from '@portico/core';
import { hasBody } from '../routes/has-body.js';

/** Fastify reads no body of these. */
const bodyless = new Set(['GET', 'HEAD']);

const plain = 'application/json';
const json = /^application\/json[ \t]*(?:;[ \t]*charset=(?:utf-8|"utf-8")[ \t]*)?$/i;

/**
 * Why the body of a request is none that a coded operation takes: it takes JSON in UTF-8 (RFC 8259 8.1) as it is. Known before any of it is read.
 * @returns PorticoError CONTENT_TYPE_UNSUPPORTED for any other type, charset or parameter, and for an encoding of whatever kind
 */
export function bodyFault(incoming: IncomingMessage): PorticoError | undefined {
  if (bodyless.has(incoming.method as string) || !hasBody(incoming)) return undefined;
  const { 'content-type': type = '', 'content-encoding': encoding } = incoming.headers;
  if (encoding !== undefined) return new PorticoError('CONTENT_TYPE_UNSUPPORTED', { detail: 'An encoded body is not taken.', headers: closing });
  return type === plain || json.test(type) ? undefined : new PorticoError('CONTENT_TYPE_UNSUPPORTED', { headers: closing });
}

/** The body that follows is not read. */
const closing = { connection: 'close' };
