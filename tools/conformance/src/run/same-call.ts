import type { ReceivedCall } from '../stubs/call-log.js';
import type { FieldCondition, SeenCall } from '../vectors/vector.js';

/** What is wrong with a field; undefined when it is as wanted. */
export function fieldFault(name: string, value: string | undefined, wanted: FieldCondition): string | undefined {
  if (typeof wanted === 'string') return value === wanted ? undefined : `${name} is ${shown(value)}, not ${shown(wanted)}`;
  if (wanted.absent) return value === undefined ? undefined : `${name} is ${shown(value)}, not absent`;
  if (value === undefined) return `${name} is absent`;
  if (wanted.pattern !== undefined) return new RegExp(wanted.pattern).test(value) ? undefined : `${name} is ${shown(value)}, not like ${wanted.pattern}`;
  return wanted.anyOf && !wanted.anyOf.includes(value) ? `${name} is ${shown(value)}, none of ${wanted.anyOf.join(', ')}` : undefined;
}

/** What of a call is not as wanted. */
export function callFaults(call: ReceivedCall, wanted: SeenCall): string[] {
  return [
    wanted.backend === undefined || call.stub === wanted.backend ? undefined : `${call.stub} was called, not ${wanted.backend}`,
    wanted.method === undefined || call.method === wanted.method ? undefined : `method was ${call.method}, not ${wanted.method}`,
    wanted.path === undefined || readablePath(call.path) === readablePath(wanted.path) ? undefined : `path was ${call.path}, not ${wanted.path}`,
    wanted.query === undefined || sameQuery(call.query, wanted.query) ? undefined : `query was ${shown(call.query)}, not ${shown(wanted.query)}`,
    wanted.body === undefined || call.body === wanted.body ? undefined : `body was ${shown(call.body)}, not ${shown(wanted.body)}`,
    ...Object.entries(wanted.headers ?? {}).map(([name, condition]) => fieldFault(name, call.headers[name], condition)),
  ].filter((fault) => fault !== undefined);
}

/** A path without its percent-encoding, but for the slash that is none. */
function readablePath(path: string): string {
  return path.replace(/(?:%[\da-f]{2})+/gi, (codes) => codes.split(/(%2f)/i).map((part) => (/^%2f$/i.test(part) ? '%2F' : decoded(part))).join(''));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Compares the pairs, in order: how they are encoded is the gateway's choice. */
function sameQuery(a: string, b: string): boolean {
  return JSON.stringify([...new URLSearchParams(a)]) === JSON.stringify([...new URLSearchParams(b)]);
}

/** Text for a message, cut short. */
export function shown(text: string | undefined): string {
  return text === undefined ? 'absent' : JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
}
