import { defineConfig } from 'vitest/config';

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
  },
});
