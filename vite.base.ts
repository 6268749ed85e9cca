import { defaultServerConditions, type UserConfig } from 'vite';

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
  };
}
