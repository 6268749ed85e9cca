import { HubProtocolError } from './hub-protocol-error.js';

/** Lists and objects that may stand in each other in one message, the message itself among them; as many as in the body of a request. */
export const maxNesting = 32;

/**
 * Refuses values that do harm further on, in whichever format they came: nested so deep that no serialiser takes them again, or with members that change a prototype once somebody merges them.
 * @throws HubProtocolError
 */
export function checkValue(value: unknown, levels = maxNesting): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return;
  if (levels === 0) throw new HubProtocolError(`A message is nested deeper than ${maxNesting} levels.`);
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, levels - 1);
    return;
  }
  for (const name in value) {
    const member = (value as Record<string, unknown>)[name];
    if (name === '__proto__' || (name === 'constructor' && typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype'))) {
      throw new HubProtocolError('A message has a member that names a prototype.');
    }
    checkValue(member, levels - 1);
  }
}
