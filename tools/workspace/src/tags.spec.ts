import { describe, expect, it } from 'vitest';
import { constraints } from './boundary-rules.js';
import { projects } from './workspace.js';

const rules = await constraints();
const frontEndTeams = projects.map(({ folder }) => /^apps\/(.+)-bff$/.exec(folder)?.[1]).filter((team) => team !== undefined);
const placesOfAll = ['services', 'shared', 'tools'];
const knownTypes = ['app', 'backend', 'core', 'gateway', 'inbound', 'testing', 'tool'];

/** Values of one kind of tag, as in `web` for `scope:web`. */
const valuesOf = (kind: string, tags: readonly string[]): string[] => tags.filter((tag) => tag.startsWith(`${kind}:`)).map((tag) => tag.slice(kind.length + 1));

const knownScopes = valuesOf('scope', rules.map(({ sourceTag }) => sourceTag)).sort();

describe('tags', () => {
  it.each(projects)('give $folder one known scope and one known type, and nothing else', ({ tags }) => {
    const [scopes, types] = [valuesOf('scope', tags), valuesOf('type', tags)];
    expect(scopes).toHaveLength(1);
    expect(types).toHaveLength(1);
    expect(tags).toHaveLength(2);
    expect(knownScopes).toContain(scopes[0]);
    expect(knownTypes).toContain(types[0]);
  });

  it('have exactly one rule for every type', () => {
    expect(valuesOf('type', rules.map(({ sourceTag }) => sourceTag)).sort()).toEqual(knownTypes);
  });

  it('know, besides the scopes of all, those of the teams: each may use its own libs and the shared ones, nothing else', () => {
    const teams = knownScopes.filter((scope) => !placesOfAll.includes(scope));
    expect(teams).toEqual(expect.arrayContaining(frontEndTeams));
    expect(knownScopes).toEqual([...new Set([...teams, ...placesOfAll])].sort());
    for (const team of teams) {
      expect(rules.find(({ sourceTag }) => sourceTag === `scope:${team}`)?.onlyDependOnLibsWithTags).toEqual([`scope:${team}`, 'scope:shared']);
    }
  });

  it('let what belongs to all use only its own kind', () => {
    for (const scope of placesOfAll) {
      expect(rules.find(({ sourceTag }) => sourceTag === `scope:${scope}`)?.onlyDependOnLibsWithTags).toEqual([`scope:${scope}`]);
    }
  });

  it("give every BFF its team's scope", () => {
    for (const team of frontEndTeams) expect(projects.find(({ folder }) => folder === `apps/${team}-bff`)?.tags).toEqual([`scope:${team}`, 'type:app']);
  });
});
