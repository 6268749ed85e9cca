import { setFlagsFromString } from 'node:v8';

/** Limits of V8's optimising compiler, in bytes of bytecode: of one function, and of all together that are put into one. By default 460 and 920. */
export const inliningFlags = ['--max-inlined-bytecode-size=1000', '--max-inlined-bytecode-size-cumulative=4000'] as const;

/**
 * Lets V8 put more of what a request calls into its callers: a gateway runs through some hundreds of small functions once per request, and the usual limits
 * are made for pages, which have little time to compile (docs/adr/0019-inlining.md). Called before anything is hot. Of a flag that it does not know V8 says so on standard error, and goes on.
 */
export function inlineMore(): void {
  for (const flag of inliningFlags) setFlagsFromString(flag);
}
