import { fileURLToPath } from 'node:url';
import { mergeConfig, type InlineConfig } from 'vite';
import { gatewayBundle } from '../../vite.base.ts';

/** A program that uses axios, bundled as a gateway is, into `outDir`. */
export function axiosBundle(outDir: string): InlineConfig {
  return mergeConfig(gatewayBundle(), {
    root: fileURLToPath(new URL('test/axios-bundle', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'main.ts', outDir },
  });
}
