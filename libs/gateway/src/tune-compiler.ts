import { setFlagsFromString } from 'node:v8';

/**
 * Limits of V8's optimising compiler, each above its usual one.
 * In bytes of bytecode, 460 and 920 by default: of one function, and of all together that are put into one.
 * In bytes of machine code run through, 1.8 million on Node 20 and 13 million later: of a function of WebAssembly before it is optimised.
 */
export const compilerLimits = ['--max-inlined-bytecode-size=1000', '--max-inlined-bytecode-size-cumulative=4000', '--wasm-tiering-budget=1000000000'] as const;

/**
 * Lets V8 put more of what a request calls into its callers: a gateway runs through some hundreds of small functions once per request, and the usual limits
 * are made for pages, which have little time to compile (docs/adr/0019-inlining.md). And lets it wait some fifty answers of services before it optimises
 * their parser, a quarter of a second's work, which it would begin within the first (docs/adr/0021-parser-optimised-later.md).
 * Called before anything is hot. Of a flag that it does not know V8 says so on standard error, and goes on.
 */
export function tuneCompiler(): void {
  for (const limit of compilerLimits) setFlagsFromString(limit);
}
