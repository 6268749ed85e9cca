/**
 * Asks one instance once whether it is well.
 * @param timeoutMs the result must be there after so many ms, an error being one
 * @param signal aborts when nobody waits for the result any more
 * @returns the status of the answer; rejects when none came
 */
export type Probe = (origin: string, path: string, timeoutMs: number, signal: AbortSignal) => Promise<number>;
