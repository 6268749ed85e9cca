import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { startGateway } from './gateway/start-gateway.js';
import { readDeviations } from './report/deviations.js';
import type { CaseResult } from './run/case-result.js';
import { runVectors } from './run/run-vectors.js';
import { readVectors } from './vectors/read-vectors.js';

const textOf = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

const vectors = readVectors(textOf('libs/ocelot/test/vectors.jsonl'));
const deviations = readDeviations(textOf('docs/ocelot.md'));

/** Some of the cases wait on purpose; 15 s on two idle cores. */
const longestRunMs = 120_000;

describe("Ocelot's cases on a gateway that listens", () => {
  let results: ReadonlyMap<string, CaseResult>;

  beforeAll(async () => {
    const run = await runVectors(vectors, { gateway: startGateway, deviations, parallel: 3 });
    results = new Map(run.map((result) => [result.id, result]));
  }, longestRunMs);

  it.each(vectors.map(({ id, title }) => [id, title]))('%s: %s', (id) => {
    expect(results.get(id)).toMatchObject(deviations.has(id) ? { outcome: 'deviates' } : { outcome: 'met', why: '' });
  });

  it('deviate just where the documentation says so', () => {
    const deviating = [...results.values()].filter(({ outcome }) => outcome === 'deviates').map(({ id }) => id);
    expect(deviating.sort()).toEqual([...deviations.keys()].sort());
  });
});

describe('further cases of the same features', () => {
  it('are met, too', async () => {
    const results = await runVectors(readVectors(textOf('tools/conformance/test/further-cases.jsonl')), { gateway: startGateway, parallel: 3 });
    expect(results.filter(({ outcome }) => outcome !== 'met')).toEqual([]);
    expect(results.length).toBeGreaterThan(10);
  });
});
