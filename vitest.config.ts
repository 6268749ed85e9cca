import { defineConfig } from 'vitest/config';

/** `npm test` sets it where the edge is installed: then the end-to-end specs of the BFFs run a second time, through it and over TLS. */
const edge = Boolean(process.env['TEST_EDGE_TLS']);

// One configuration for the whole house: a project runs it on its own folder (`nx test core`), `npm test` on all of them.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    include: ['**/*.{spec,e2e-spec}.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/dist-dev/**', '**/.nx/**'],
    environment: 'node',
    passWithNoTests: true,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    ...(edge && {
      projects: [
        { extends: true, test: { name: 'direct', env: { TEST_EDGE_TLS: '' } } },
        { extends: true, test: { name: 'through the edge', include: ['apps/*-bff/test/**/*.e2e-spec.ts'] } },
      ],
    }),
  },
});
