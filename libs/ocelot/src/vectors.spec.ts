import { describe, expect, it } from 'vitest';
import { optionsOf, vectorCases } from '../test/vector-cases.js';
import { importOcelot } from './index.js';

/** A bad value is refused rather than replaced, and resilience needs no registration: docs/ocelot.md. */
const refused = new Set(['oc.qos.p05']);
const needsNothing = new Set(['oc.valid.p09']);

const rejected = vectorCases.filter(({ expect: wanted }) => wanted?.startup === 'rejected');
const accepted = vectorCases.filter((vector) => !rejected.includes(vector));

it('there are as many cases as their file says', () => {
  expect(vectorCases).toHaveLength(163);
  expect(rejected).toHaveLength(11);
});

describe.each(accepted)('$id: $title', (vector) => {
  const { config, steps = [] } = vector;
  it.each([config, ...steps.flatMap(({ replaceConfig }) => (replaceConfig === undefined ? [] : [replaceConfig]))])('the configuration becomes a file', (each) => {
    const { file, faults } = importOcelot(each, optionsOf(vector));
    expect(faults.map(({ code }) => code)).toEqual(refused.has(vector.id) ? ['bad-qos-value'] : []);
    expect(file).toMatchObject({ version: 1, settings: { wrongMethodStatus: 404, timeoutStatus: 503 } });
    // What can be written as JSON is all that there is.
    expect(JSON.parse(JSON.stringify(file))).toEqual(file);
  });
});

it.each(rejected)('$id: $title', (vector) => {
  const codes = new Set(importOcelot(vector.config, optionsOf(vector)).faults.map(({ code }) => code));
  expect([...codes]).toEqual(needsNothing.has(vector.id) ? [] : [vector.expect?.reason]);
});
