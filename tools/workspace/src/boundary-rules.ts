import { ESLint } from 'eslint';
import { root } from './workspace.js';

/** What projects with `sourceTag` may depend on. */
export interface Constraint {
  readonly sourceTag: string;
  readonly onlyDependOnLibsWithTags: readonly string[];
}

/** The boundary rule's constraints for product code, as ESLint applies them. */
export async function constraints(): Promise<readonly Constraint[]> {
  const config = (await new ESLint({ cwd: root }).calculateConfigForFile('libs/core/src/index.ts')) as {
    rules: Record<string, [severity: number, options: { depConstraints: Constraint[] }] | undefined>;
  };
  const rule = config.rules['@nx/enforce-module-boundaries'];
  if (rule?.[0] !== 2) throw new Error('The boundary rule is not an error any more');
  return rule[1].depConstraints;
}
