import { defineConfig } from 'vitest/config';

/** `npm test` sets it where the edge is installed: then the end-to-end specs of the BFFs run a second time, through it and over TLS. */
const edge = Boolean(process.env['TEST_EDGE_TLS']);

/** Specs of BFFs that never reach one by `bff.url`. */
const beside = ['apps/web-bff/test/{discovery,docs-page,observability,replicas,replicas-share}.e2e-spec.ts'];
const every = ['**/*.{spec,e2e-spec}.ts'];

// One configuration for the whole house: a project runs it on its own folder (`nx test core`), `npm test` on all of them.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source', 'node', 'import', 'default'] } },
  test: {
    // Lists of a project are added to these, so that each of two names its own.
    ...(!edge && { include: every }),
    exclude: ['**/node_modules/**', '**/dist/**', '**/dist-dev/**', '**/.nx/**', '**/.portico/**'],
    environment: 'node',
    passWithNoTests: true,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    ...(edge && {
      projects: [
        { extends: true, test: { name: 'direct', include: every, env: { TEST_EDGE_TLS: '' } } },
        { extends: true, test: { name: 'through the edge', include: ['apps/*-bff/test/**/*.e2e-spec.ts'], exclude: beside } },
      ],
    }),
  },
});
