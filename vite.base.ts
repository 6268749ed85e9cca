import { fileURLToPath } from 'node:url';
import { defaultServerConditions, mergeConfig, type InlineConfig, type UserConfig } from 'vite';
import { ascii } from './vite.ascii.ts';
import { readOnce } from './vite.read-once.ts';
import { withoutUnread } from './vite.without-unread.ts';

/**
 * How every app is bundled: one minified file with all it needs, for Node 20.19 and newer.
 * Names are kept: OpenAPI operation ids and log lines come from class and method names.
 */
export function appBundle(): UserConfig {
  return {
    ssr: { noExternal: true, resolve: { conditions: ['source', ...defaultServerConditions] } },
    build: {
      ssr: 'src/main.ts',
      target: 'node20',
      outDir: 'dist',
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      rolldownOptions: {
        output: {
          format: 'esm',
          entryFileNames: 'main.mjs',
          chunkFileNames: 'chunks/[name]-[hash].mjs',
          // By not renaming, rather than by `output.keepNames`: that wraps every function in a call, at start and wherever a closure is made.
          minify: { mangle: { keepNames: true }, compress: { keepNames: { function: true, class: true } } },
        },
      },
    },
    logLevel: 'warn',
    plugins: [readOnce, ascii],
  };
}

/** The same for a gateway, without what would only be read at its start: a third of it. */
export function gatewayBundle(): UserConfig {
  return mergeConfig(appBundle(), { plugins: [withoutUnread] });
}

/**
 * How a program of a spec is bundled: as `bundle` says, without a word.
 * @param folder with its `main.ts`
 */
export function programBundle(bundle: UserConfig, folder: URL, outDir: string): InlineConfig {
  return mergeConfig(bundle, { root: fileURLToPath(folder), configFile: false, logLevel: 'silent', build: { ssr: 'main.ts', outDir } });
}
