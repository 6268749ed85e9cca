import { describe, expect, it } from 'vitest';
import { execution, rejection } from '../test/fixtures.js';
import { compose } from './compose.js';
import type { Execution, Work } from './execution.js';
import type { Strategy } from './strategy.js';

const recording = (name: string, log: string[]): Strategy => ({
  name,
  async execute<Call, T>(given: Execution<Call>, next: Work<Call, T>): Promise<T> {
    log.push(`${name} in`);
    const value = await next(given);
    log.push(`${name} out`);
    return value;
  },
});

describe('compose', () => {
  it('runs the first strategy outermost and the work innermost', async () => {
    const log: string[] = [];
    const stack = compose<string, string>([recording('a', log), recording('b', log)], async ({ call }) => (log.push('work'), call));
    expect(await stack(execution())).toBe('call');
    expect(log).toEqual(['a in', 'b in', 'work', 'b out', 'a out']);
  });

  it('is the work itself when there is no strategy', async () => {
    expect(await compose<string, string>([], async ({ call }) => call)(execution())).toBe('call');
  });

  it('rejects with what the work or a strategy throws', async () => {
    const thrown = new Error('thrown');
    const fail = () => {
      throw thrown;
    };
    expect(await rejection(compose<string, string>([], fail)(execution()))).toBe(thrown);
    expect(await rejection(compose<string, string>([{ name: 'broken', execute: fail }], async () => '')(execution()))).toBe(thrown);
  });
});
