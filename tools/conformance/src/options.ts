import { parseArgs } from 'node:util';

/** What a run is asked to do. */
export interface ConformanceOptions {
  /** Vector file, as the user wrote it. */
  readonly vectors: string;
  /** Beginning of the ids of the cases to run; empty: all. */
  readonly only: string;
}

export const usage = 'npm run conformance -- --vectors FILE [--only oc.path]';

/**
 * @param argv without node and script
 * @throws Error with a message for the console when an argument is unknown or missing
 */
export function parseOptions(argv: readonly string[]): ConformanceOptions {
  const { values } = parseArgs({ args: [...argv], options: { vectors: { type: 'string' }, only: { type: 'string', default: '' } } });
  if (!values.vectors) throw new Error('--vectors wants a file');
  return { vectors: values.vectors, only: values.only };
}
