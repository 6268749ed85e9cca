import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bouts, worst } from './bouts.mjs';
import { isThere, systemNames, systems } from './systems.mjs';

const surroundings = {
  services: { catalog: 'http://c', pricing: 'http://p', reviews: 'http://r', documents: 'http://d', spans: 'http://s' },
  issuer: { origin: 'http://i', audience: 'https://bench.portico.example', token: 'a.b.c' },
};

describe('the systems of the benchmark', () => {
  it('gives Portico its services, its issuer and its profile by environment', () => {
    const full = systems.find(({ name }) => name === 'portico-full');
    expect(full?.needsToken).toBe(true);
    expect(full?.env(surroundings)).toEqual({
      PORTICO_SERVICES_CATALOG_INSTANCES: 'http://c',
      PORTICO_SERVICES_PRICING_INSTANCES: 'http://p',
      PORTICO_SERVICES_REVIEWS_INSTANCES: 'http://r',
      PORTICO_SERVICES_DOCUMENTS_INSTANCES: 'http://d',
      PORTICO_AUTH_ISSUER: 'http://i',
      PORTICO_AUTH_AUDIENCE: 'https://bench.portico.example',
      BENCH_PROFILE: 'full',
      PORTICO_TRACES_EXPORTER: 'log',
      PORTICO_TRACES_RATIO: '0.01',
    });
  });

  it('lets the system with traces differ from the one without in the exporter alone', () => {
    const [without, traced] = ['portico-untraced', 'portico-otlp'].map((wanted) => systems.find(({ name }) => name === wanted)?.env(surroundings));
    expect(traced).toEqual({ ...without, PORTICO_TRACES_EXPORTER: 'otlp', PORTICO_TRACES_ENDPOINT: 'http://s' });
  });

  it('lets only known systems stand in a bout, and ratios only between lanes of the same bout', () => {
    for (const bout of bouts) {
      const lanes = bout.lanes.map(({ system, workload }) => `${system}@${workload}`);
      expect(systemNames).toEqual(expect.arrayContaining(bout.lanes.map(({ system }) => system)));
      expect(lanes).toEqual(expect.arrayContaining(Object.values(bout.ratios).flat()));
    }
  });

  it('leaves out what is not built, and what needs a package that is not installed', () => {
    const [bare] = systems;
    expect(bare && isThere(bare)).toBe(true);
    expect(bare && isThere({ ...bare, entry: '' })).toBe(false);
    const installed = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
    expect(bare && isThere({ ...bare, needs: 'undici' }, installed)).toBe(true);
    expect(bare && isThere({ ...bare, needs: 'a-package-that-nobody-wrote' }, installed)).toBe(false);
  });

  it('takes the worse ones among ratios that are measured', () => {
    const keys = bouts.flatMap(({ ratios }) => Object.keys(ratios));
    expect(keys).toEqual(expect.arrayContaining(Object.values(worst).flat()));
  });

  it('writes no ratio key twice', () => {
    const keys = bouts.flatMap(({ ratios }) => Object.keys(ratios));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
