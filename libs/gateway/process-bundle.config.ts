import { fileURLToPath } from 'node:url';
import { mergeConfig, type InlineConfig } from 'vite';
import { appBundle } from '../../vite.base.ts';

/** How the process that `test/process.e2e-spec.ts` runs is bundled: as every app is, into `outDir`. */
export function processBundle(outDir: string): InlineConfig {
  return mergeConfig(appBundle(), {
    root: fileURLToPath(new URL('test/process', import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    build: { ssr: 'main.ts', outDir },
  });
}
