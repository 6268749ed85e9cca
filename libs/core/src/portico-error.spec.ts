import { describe, expect, it } from 'vitest';
import { errorTable, type ErrorCode } from './error-table.js';
import { isPorticoError, PorticoError } from './portico-error.js';

describe('PorticoError', () => {
  it.each(Object.keys(errorTable) as ErrorCode[])('%s has the status of its row, and its title where nothing is said for the client', (code) => {
    const error = new PorticoError(code);
    expect(error.status).toBe(errorTable[code].status);
    expect(error.message).toBe(errorTable[code].title);
    expect(error.detail).toBeUndefined();
  });

  it('keeps its cause out of what is enumerable', () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7:4001');
    const error = new PorticoError('SERVICE_UNAVAILABLE', { cause });
    expect(error.cause).toBe(cause);
    expect(JSON.stringify(error)).not.toContain('10.0.0.7');
  });

  it('has no cause property when there is none', () => {
    expect('cause' in new PorticoError('INTERNAL')).toBe(false);
  });
});

describe('isPorticoError', () => {
  it('knows an error of another copy of this package by its marker', () => {
    const foreign = Object.assign(new Error('from another copy'), { [Symbol.for('portico.error')]: true });
    expect(isPorticoError(foreign)).toBe(true);
    expect(isPorticoError(new PorticoError('INTERNAL'))).toBe(true);
  });

  it.each([[new Error('INTERNAL')], [{ code: 'INTERNAL', status: 500 }], ['INTERNAL'], [null], [undefined], [500]])('takes %s for none', (value) => {
    expect(isPorticoError(value)).toBe(false);
  });
});
