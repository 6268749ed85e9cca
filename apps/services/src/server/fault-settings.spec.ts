import { describe, expect, it } from 'vitest';
import { InvalidFaultsError, noFaults, parseFaults } from './fault-settings.js';

const faultsOf = (input: unknown): readonly string[] => {
  try {
    parseFaults(input);
  } catch (error) {
    if (error instanceof InvalidFaultsError) return error.faults;
    throw error;
  }
  return [];
};

describe('fault settings', () => {
  it('complete what is not named, from no faults or from those in force', () => {
    expect(parseFaults({ latencyMs: 20 })).toEqual({ ...noFaults, latencyMs: 20 });
    expect(parseFaults({ errorRate: 1 }, { ...noFaults, latencyMs: 20 })).toEqual({ ...noFaults, latencyMs: 20, errorRate: 1 });
  });

  it('list every fault at once, unknown names included', () => {
    const faults = faultsOf({ latencyMs: -1, errorRate: 1.5, answer: 'rude', errorStatus: 200, speed: 9 });
    for (const name of ['latencyMs', 'errorRate', 'answer', 'errorStatus']) expect(faults.some((fault) => fault.startsWith(name)), name).toBe(true);
    expect(faults).toContain('speed is unknown');
    expect(faults).toHaveLength(5);
  });

  it.each([[null], [[]], ['latencyMs']])('refuse %j, which is no object', (input) => {
    expect(faultsOf(input)).toEqual(['value must be an object']);
  });
});
