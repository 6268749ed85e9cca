import { Session } from 'node:inspector/promises';

/** Frees what is not needed in this process, room for new objects included: how much of that it has taken depends on what it did before, not on what it holds. */
export async function collectGarbage() {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}
