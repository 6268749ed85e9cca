import { fileURLToPath } from 'node:url';
import { build, mergeConfig, runnerImport } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));
const lazyOptional = ['@nestjs/microservices', '@nestjs/websockets', 'class-transformer', 'class-validator', '@fastify/static', '@fastify/view'];

/** @typedef {{ appBundle: (lazyOptional: readonly string[]) => import('vite').UserConfig }} AppBundles */
const base = fileURLToPath(new URL('../../../../vite.base.ts', import.meta.url));
const { appBundle } = /** @type {AppBundles} */ ((await runnerImport(base)).module);

/** Express is CommonJS with dual-format dependencies: this one resolves as Vite does by itself, not by the conditions of our apps. @type {import('vite').UserConfig} */
const handwritten = {
  // Two axios versions are installed; the rival gets the one this package names.
  resolve: { dedupe: ['axios'] },
  ssr: { noExternal: true, external: lazyOptional },
  build: {
    target: 'node20',
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'esm', entryFileNames: 'main.mjs', chunkFileNames: 'chunks/[name]-[hash].mjs', keepNames: true } },
  },
  logLevel: 'warn',
};

/** The rivals that are written in TypeScript; the bare Nest is bundled exactly as our apps are, because their start is compared with its. */
const rivals = { handwritten, 'bare-nest': appBundle(lazyOptional) };

for (const [name, bundle] of Object.entries(rivals)) {
  await build(mergeConfig(bundle, { root, configFile: false, build: { ssr: `src/rivals/${name}/main.ts`, outDir: `dist/${name}` } }));
}
