import { maxNesting } from './check-value.js';
import { HubProtocolError } from './hub-protocol-error.js';

// For each first byte from 0xc0 to 0xdf: bytes that its length takes, and bytes that follow besides what the length counts.
const lengthBytes = [0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4];
const dataBytes = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0];

/**
 * Checks that a record is one whole MessagePack value which is not nested too deep. A decoder reserves room for as many items as a list claims to have, list in list in list:
 * once everything that is claimed is known to be there, it takes no more than a multiple of the record.
 * @throws HubProtocolError
 */
export function checkMessagePack(record: Uint8Array): void {
  if (endOf(record, 0, maxNesting) !== record.length) throw malformed();
}

/** Where the value that begins at `start` ends; behind the last byte when it is not whole. */
function endOf(record: Uint8Array, start: number, levels: number): number {
  const head = record[start];
  if (head === undefined) throw malformed();
  const next = start + 1;
  if (head < 0x80 || head >= 0xe0) return next;
  if (head < 0x90) return endOfItems(record, next, 2 * (head & 0x0f), levels);
  if (head < 0xa0) return endOfItems(record, next, head & 0x0f, levels);
  if (head < 0xc0) return next + (head & 0x1f);
  const width = lengthBytes[head - 0xc0] as number;
  let length = 0;
  for (let at = next; at < next + width; at++) length = length * 0x100 + (record[at] ?? 0);
  if (head >= 0xde) return endOfItems(record, next + width, 2 * length, levels);
  if (head >= 0xdc) return endOfItems(record, next + width, length, levels);
  return next + width + length + (dataBytes[head - 0xc0] as number);
}

function endOfItems(record: Uint8Array, start: number, count: number, levels: number): number {
  if (levels === 0) throw new HubProtocolError(`A message is nested deeper than ${maxNesting} levels.`);
  let at = start;
  for (let left = count; left > 0; left--) at = endOf(record, at, levels - 1);
  return at;
}

function malformed(): HubProtocolError {
  return new HubProtocolError('A message is not MessagePack.');
}
