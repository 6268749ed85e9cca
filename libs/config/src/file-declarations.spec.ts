import { describe, expect, it } from 'vitest';
import { GatewayFile, Limit, PartSection } from '../test/gateway-file.js';
import { Choices, describeConfig, isConfigurationError, loadConfig, renderConfigMarkdown, Section, SectionList, Setting, type Choice } from './index.js';

class Both {
  @Setting({ description: 'Size.' })
  size = 1;
  @Setting({ description: 'Labels.', type: 'string{}' })
  labels: Record<string, string> = { a: 'b' };
  @Section(() => Limit, { description: 'Limit.', optional: true })
  limit?: Limit;
  @Section(() => Limit, { description: 'Limit with a default.', optional: true })
  other: Limit | undefined = new Limit();
  @SectionList(() => PartSection, { description: 'Parts.' })
  parts!: readonly PartSection[];
  @Choices(() => ({ limit: Limit }), { description: 'Steps.', list: true, marker: 'base' })
  steps: readonly (Choice | 'base')[] = ['base'];
}

function faultsOf(load: () => unknown): string[] {
  try {
    load();
  } catch (error) {
    if (isConfigurationError(error)) return error.faults.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

describe('loadConfig: what is made for files', () => {
  it('keeps the defaults, and leaves an optional section without one undefined', () => {
    const config = loadConfig(Both, { env: { PORTICO_SIZE: '2', PORTICO_OTHER_LIMIT: '3' } });
    expect(config).toEqual({ size: 2, labels: { a: 'b' }, limit: undefined, other: { limit: 3 }, parts: [], steps: ['base'] });
    expect(Object.isFrozen(config.labels)).toBe(true);
    expect(loadConfig(Both, { env: {}, overrides: { labels: { constructor: 'x' } } }).labels).toEqual(Object.assign(Object.create(null) as object, { constructor: 'x' }));
  });

  it('refuses variables and overrides for it', () => {
    expect(faultsOf(() => loadConfig(Both, { env: { PORTICO_LABELS: 'a=b', PORTICO_LIMIT_LIMIT: '1' } }))).toEqual([
      'labels: "a=b" is not read: a map can only be given in code or in a file (from PORTICO_LABELS)',
      'PORTICO_LIMIT_LIMIT: matches no setting; did you mean PORTICO_OTHER_LIMIT?',
    ]);
    expect(faultsOf(() => loadConfig(Both, { env: {}, overrides: { labels: { a: 1 } as never, steps: [] } }))).toEqual(['labels: must be a map of strings', 'steps: can only be given in a file']);
  });

  it('leaves it out of the documentation of variables', () => {
    expect(describeConfig(Both).map((row) => row.path)).toEqual(['size', 'labels', 'other.limit']);
    expect(renderConfigMarkdown('Both', Both)).toContain('| `{"a":"b"}` |');
    expect(describeConfig(GatewayFile).length).toBeGreaterThan(0);
  });
});
