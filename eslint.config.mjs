import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

// Teams own one BFF each; the platform team owns the push app and the BFF that the benchmark measures. A new team adds its scope here:
// the conformance test compares this list with the tags.
const teams = ['web', 'mobile', 'desktop', 'platform'];

const frameworks = ['@nestjs/*', 'express', 'fastify', '@fastify/*', 'axios'];

const typeRules = [
  { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:gateway', 'type:inbound', 'type:backend', 'type:core'] },
  { sourceTag: 'type:gateway', onlyDependOnLibsWithTags: ['type:inbound', 'type:backend', 'type:core'] },
  { sourceTag: 'type:inbound', onlyDependOnLibsWithTags: ['type:core'] },
  { sourceTag: 'type:backend', onlyDependOnLibsWithTags: ['type:backend', 'type:core'] },
  { sourceTag: 'type:core', onlyDependOnLibsWithTags: ['type:core'], bannedExternalImports: frameworks },
  { sourceTag: 'type:testing', onlyDependOnLibsWithTags: ['type:gateway', 'type:inbound', 'type:backend', 'type:core'] },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:tool'] },
];

const scopeRules = [
  ...teams.map((team) => ({ sourceTag: `scope:${team}`, onlyDependOnLibsWithTags: [`scope:${team}`, 'scope:shared'] })),
  { sourceTag: 'scope:services', onlyDependOnLibsWithTags: ['scope:services'] },
  { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
  { sourceTag: 'scope:tools', onlyDependOnLibsWithTags: ['scope:tools'] },
];

const boundaries = (rules) => ['error', { enforceBuildableLibDependency: false, allow: ['../../vite.base.ts'], depConstraints: [...rules, ...scopeRules] }];

// Specs may also use the fixtures: no product code can.
const specTypeRules = typeRules.map((rule) =>
  rule.sourceTag === 'type:app' || rule.sourceTag === 'type:gateway'
    ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:testing'] }
    : rule,
);

// The packages of the apps export nothing, so the boundary rule cannot see where such an import would lead.
const apps = { regex: '^(?:[a-z]+-bff|push|services)(?:/|$)', message: 'Imports of apps are forbidden: what two apps share is a lib.' };
const surface = (group) => ({ group, message: 'Import a lib by its name: what it exports is its surface.' });

const code = ['**/*.ts', '**/*.mts', '**/*.cts', '**/*.tsx', '**/*.js', '**/*.mjs', '**/*.cjs'];
const specs = ['**/*.spec.ts', '**/*.e2e-spec.ts', '**/test/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/dist-dev/**', '**/.portico/**', '**/node_modules/**', '**/.nx/**', '**/coverage/**', '**/*.timestamp-*'] },
  ...tseslint.configs.recommended,
  {
    files: code,
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(typeRules),
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400 }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx', 'hack'] }],
      'no-restricted-imports': ['error', { patterns: [surface(['@portico/*/*', '!@portico/*/testing']), apps] }],
      eqeqeq: ['error', 'smart'],
    },
  },
  { files: specs, rules: { '@nx/enforce-module-boundaries': boundaries(specTypeRules) } },
  // Product code never reaches for a lib's test fixtures.
  {
    files: code,
    ignores: [...specs, '**/testing/**', 'libs/testing/**', 'tools/**'],
    rules: {
      'no-restricted-imports': ['error', { patterns: [surface(['@portico/*/*']), apps] }],
    },
  },
);
