import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.mjs';

describe('arguments of the benchmark', () => {
  it('runs everything in nine pairs of three seconds unless told otherwise', () => {
    expect(parseOptions([])).toMatchObject({ only: ['W0', 'W1', 'W3', 'W4', 'VERIFY', 'W6', 'P1', 'P100', 'ROUTES', 'TRACES', 'START', 'PUSH'], pairs: 9, seconds: 3, quick: false });
  });

  it('takes a choice of workloads in any case and keeps their order', () => {
    expect(parseOptions(['--only', 'w6,W1']).only).toEqual(['W1', 'W6']);
  });

  it('soaks only when asked to', () => {
    expect(parseOptions(['--only', 'soak']).only).toEqual(['SOAK']);
  });

  it('takes a choice of systems', () => {
    expect(parseOptions(['--systems', 'bare,handwritten']).systems).toEqual(['bare', 'handwritten']);
  });

  it('shortens a quick run, and lets an explicit number win over it', () => {
    expect(parseOptions(['--quick'])).toMatchObject({ pairs: 3, seconds: 0.5 });
    expect(parseOptions(['--quick', '--pairs', '5', '--seconds', '1'])).toMatchObject({ pairs: 5, seconds: 1 });
  });

  it('names what it does not know', () => {
    expect(() => parseOptions(['--only', 'W1,W9'])).toThrow('not W9');
    expect(() => parseOptions(['--systems', 'iis'])).toThrow('not iis');
    expect(() => parseOptions(['--fast'])).toThrow('--fast');
  });

  it.each([['--pairs', '0'], ['--pairs', '2.5'], ['--seconds', '-1'], ['--seconds', 'long']])('refuses %s %s', (option, value) => {
    expect(() => parseOptions([`${option}=${value}`])).toThrow(option);
  });
});
