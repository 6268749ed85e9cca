import type { InlineConfig } from 'vite';
import { gatewayBundle, programBundle } from '../../vite.base.ts';

/** A program that uses axios, bundled as a gateway is, into `outDir`. */
export function axiosBundle(outDir: string): InlineConfig {
  return programBundle(gatewayBundle(), new URL('test/axios-bundle', import.meta.url), outDir);
}
