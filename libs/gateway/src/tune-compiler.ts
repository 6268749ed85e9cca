import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait some fifty answers of services before it optimises their parser, a quarter of a second's work, which it would begin within the first (docs/adr/0021-parser-optimised-later.md).
 * In bytes of machine code of a function of WebAssembly that is run through: 1.8 million by default on Node 20, 13 million later. To be set before the first connection to a service.
 */
export const parserLimits = ['--wasm-tiering-budget=1000000000'] as const;

/**
 * Lets V8 put more of what a request calls into its callers: a gateway runs through some hundreds of small functions once per request, and the usual limits
 * are made for pages, which have little time to compile (docs/adr/0019-inlining.md). In bytes of bytecode, of one function and of all together that are put into one: 460 and 920 by default.
 * To be set before anything is hot, but not before the start, of which nothing needs that much.
 */
export const inliningLimits = ['--max-inlined-bytecode-size=1000', '--max-inlined-bytecode-size-cumulative=4000'] as const;

/** Sets limits of V8's optimising compiler, each above its usual one. Of a flag that it does not know V8 says so on standard error, and goes on. */
export function tuneCompiler(limits: readonly string[]): void {
  for (const limit of limits) setFlagsFromString(limit);
}
