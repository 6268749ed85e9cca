import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './workspace.js';

interface Fixture {
  readonly name: string;
  readonly file: string;
  readonly code: string;
  /** What the rule must say; undefined where the import is allowed. */
  readonly refusal?: RegExp;
}

const walls = '@nx/enforce-module-boundaries';
const surface = 'no-restricted-imports';

// Two projects that do not exist: today no team has a lib, and no project lacks its tags.
const inventedProjects = [
  { name: '@portico/fixture-mobile', root: 'libs/fixture-mobile', tags: ['scope:mobile', 'type:core'] },
  { name: '@portico/fixture-untagged', root: 'libs/fixture-untagged', tags: [] },
];

const fixtures: readonly Fixture[] = [
  { name: 'a BFF importing another BFF', file: 'apps/web-bff/src/x.ts', code: `import 'mobile-bff/vite.config.ts';`, refusal: /[Ii]mports of apps are forbidden/ },
  { name: "a BFF importing another team's lib", file: 'apps/web-bff/src/x.ts', code: `import '@portico/fixture-mobile';`, refusal: /"scope:web" can only depend/ },
  { name: "a shared lib importing a team's lib", file: 'libs/gateway/src/x.ts', code: `import '@portico/fixture-mobile';`, refusal: /"scope:shared" can only depend/ },
  { name: 'a core lib importing a framework', file: 'libs/view-model/src/x.ts', code: `import '@nestjs/common';`, refusal: /not allowed to import "@nestjs\/common"/ },
  { name: "a core lib importing a framework's types", file: 'libs/core/src/x.ts', code: `import type { Type } from '@nestjs/common'; export type X = Type;`, refusal: /not allowed to import "@nestjs\/common"/ },
  { name: 'an inbound lib importing an inbound lib', file: 'libs/policies/src/x.ts', code: `import '@portico/auth';`, refusal: /"type:inbound" can only depend/ },
  { name: 'a backend lib importing an inbound lib', file: 'libs/discovery/src/x.ts', code: `import '@portico/caching';`, refusal: /"type:backend" can only depend/ },
  { name: 'an inbound lib importing a backend lib', file: 'libs/caching/src/x.ts', code: `import '@portico/resilience';`, refusal: /"type:inbound" can only depend/ },
  { name: 'a core lib importing the gateway', file: 'libs/core/src/x.ts', code: `import '@portico/gateway';`, refusal: /"type:core" can only depend|Circular dependency/ },
  { name: 'the services importing a lib', file: 'apps/services/src/x.ts', code: `import '@portico/core';`, refusal: /"scope:services" can only depend/ },
  { name: 'a tool importing a lib', file: 'tools/workspace/src/x.ts', code: `import '@portico/core';`, refusal: /can only depend/ },
  { name: 'product code importing the fixtures', file: 'apps/web-bff/src/x.ts', code: `import '@portico/testing';`, refusal: /"type:app" can only depend/ },
  { name: "product code importing a lib's fixtures", file: 'libs/resilience/src/x.ts', code: `import '@portico/core/testing';`, refusal: /what it exports is its surface/ },
  { name: 'a deep import', file: 'apps/web-bff/src/x.ts', code: `import '@portico/core/src/clock.js';`, refusal: /what it exports is its surface/ },
  { name: 'a deep import in a spec', file: 'apps/web-bff/src/x.spec.ts', code: `import '@portico/core/src/clock.js';`, refusal: /what it exports is its surface/ },
  { name: 'a relative import into another project', file: 'apps/web-bff/src/x.ts', code: `import '../../../libs/core/src/clock.js';`, refusal: /relative/ },
  { name: 'a forbidden dynamic import', file: 'libs/policies/src/x.ts', code: `await import('@portico/auth');`, refusal: /"type:inbound" can only depend/ },
  { name: 'a forbidden type import', file: 'libs/policies/src/x.ts', code: `import type { A } from '@portico/auth'; export type B = A;`, refusal: /"type:inbound" can only depend/ },
  { name: 'a forbidden re-export', file: 'libs/policies/src/x.ts', code: `export { a } from '@portico/auth';`, refusal: /"type:inbound" can only depend/ },
  { name: 'a forbidden import in plain JavaScript', file: 'libs/policies/src/x.mjs', code: `import '@portico/auth';`, refusal: /"type:inbound" can only depend/ },
  { name: 'any import in a project without tags', file: 'libs/fixture-untagged/src/x.ts', code: `import '@portico/core';`, refusal: /without tags/ },
  { name: 'a BFF importing the gateway', file: 'apps/web-bff/src/x.ts', code: `import '@portico/gateway';` },
  { name: 'an inbound lib importing core', file: 'libs/policies/src/x.ts', code: `import '@portico/core';` },
  { name: 'a spec of a BFF importing the fixtures', file: 'apps/web-bff/src/x.spec.ts', code: `import '@portico/testing';` },
  { name: "a spec of a lib importing core's fixtures", file: 'libs/resilience/src/x.spec.ts', code: `import '@portico/core/testing';` },
];

let graphFolder: string;
let refusals: string[][];

beforeAll(() => {
  graphFolder = mkdtempSync(join(tmpdir(), 'portico-graph-'));
  const program = fileURLToPath(new URL('lint-fixtures.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [program], {
    cwd: root,
    input: JSON.stringify({ root, projects: inventedProjects, fixtures }),
    env: { ...process.env, NX_DAEMON: 'false', NX_WORKSPACE_DATA_DIRECTORY: graphFolder },
    encoding: 'utf8',
  });
  expect(stdout, stderr).not.toContain('The rule will be skipped');
  const messages = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { ruleId: string; message: string }[][];
  refusals = messages.map((list) => list.filter(({ ruleId }) => ruleId === walls || ruleId === surface).map(({ message }) => message));
}, 120_000);

afterAll(() => rmSync(graphFolder, { recursive: true, force: true }));

describe('the walls between projects', () => {
  for (const [index, { name, refusal }] of fixtures.entries()) {
    if (refusal) it(`refuse ${name}`, () => expect(refusals[index]?.join('\n')).toMatch(refusal));
    else it(`let through ${name}`, () => expect(refusals[index]).toEqual([]));
  }
});
