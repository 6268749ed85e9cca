import { defineConfig, mergeConfig } from 'vite';
import { appBundle } from '../../vite.base.ts';

/** The hub alone, in a bundle of its own: its memory is compared. */
export default defineConfig(mergeConfig(appBundle(), { build: { ssr: 'src/push/hub.ts', outDir: 'dist/push' } }));
