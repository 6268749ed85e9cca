import type { ServerResponse } from 'node:http';

/** So much the system takes at once, whoever reads it. */
const takenAtOnceBytes = 65_536;

/**
 * Cuts a client off that takes nothing of a long answer for `timeoutMs`: otherwise it would hold the answer, and whatever makes it, for as long as it likes.
 * Node ends this limit with the answer.
 */
export function limitStall(raw: ServerResponse, payload: unknown, timeoutMs: number): void {
  if (payload === undefined || payload === null) return;
  if ((typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length <= takenAtOnceBytes) return;
  raw.setTimeout(timeoutMs);
}
