import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projects, read, root } from './workspace.js';

const lines = read('CODEOWNERS')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [path = '', ...owners] = line.split(/\s+/);
    return { path, owners };
  });

/** Who owns a folder: the last line that matches, as GitHub and GitLab read it. */
function ownersOf(folder: string): readonly string[] {
  return lines.filter(({ path }) => path !== '*' && `/${folder}/`.startsWith(path)).at(-1)?.owners ?? [];
}

describe('CODEOWNERS', () => {
  it.each(lines)('names a path that exists: $path', ({ path, owners }) => {
    expect(owners.length).toBeGreaterThan(0);
    for (const owner of owners) expect(owner).toMatch(/^@portico\/[a-z]+-team$/);
    if (path !== '*') expect(existsSync(join(root, path))).toBe(true);
  });

  it.each(projects)('gives $folder an owner of its own', ({ folder }) => {
    const team = /^apps\/(.+)-bff$/.exec(folder)?.[1] ?? 'platform';
    expect(ownersOf(folder)).toEqual([`@portico/${team}-team`]);
  });

  it('has exactly one line for each BFF', () => {
    const bffs = projects.filter(({ folder }) => /^apps\/.+-bff$/.test(folder)).map(({ folder }) => `/${folder}/`);
    expect(lines.map(({ path }) => path).filter((path) => /^\/apps\/.+-bff\/$/.test(path))).toEqual(bffs);
  });
});
