import type { InstanceSource } from '../src/index.js';
import { inShort } from './registry-fixtures.js';

/** Resolves once the source knows exactly these instances; a test that waits in vain runs into its own limit. */
export function untilKnown(source: InstanceSource, ...expected: string[]): Promise<void> {
  return new Promise((resolve) => {
    const wanted = expected.sort().join();
    const look = (): boolean => source.current().map(inShort).sort().join() === wanted;
    if (look()) return resolve();
    const end = source.subscribe(() => {
      if (!look()) return;
      end();
      resolve();
    });
  });
}
