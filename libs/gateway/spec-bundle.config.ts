import type { InlineConfig } from 'vite';
import { gatewayBundle, programBundle } from '../../vite.base.ts';

/** A program of a spec, `test/<program>/main.ts`, bundled as every BFF is, into `outDir`. */
export function specBundle(program: 'bundle' | 'process', outDir: string): InlineConfig {
  return programBundle(gatewayBundle(), new URL(`test/${program}`, import.meta.url), outDir);
}
