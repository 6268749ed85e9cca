import type { InlineConfig } from 'vite';
import { appBundle, programBundle } from '../../vite.base.ts';

/** How the process that `test/process.e2e-spec.ts` runs is bundled: as every app is, into `outDir`. */
export function processBundle(outDir: string): InlineConfig {
  return programBundle(appBundle(), new URL('test/process', import.meta.url), outDir);
}
