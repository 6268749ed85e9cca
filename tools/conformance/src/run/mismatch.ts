/** What about an answer a case may be disappointed in. */
export type Aspect = 'startup' | 'status' | 'body' | 'headers' | 'call' | 'calls' | 'registry' | 'elapsed';

/** One expectation that was not met. */
export interface Mismatch {
  readonly aspect: Aspect;
  readonly text: string;
}
