import { PorticoError } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { errorRecord } from './error-record.js';

describe('errorRecord', () => {
  it('names type, message, code and stack, and every cause in order', () => {
    const socket = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const error = new PorticoError('SERVICE_UNAVAILABLE', { cause: new Error('attempt failed', { cause: new AggregateError([socket], '') }) });
    const record = errorRecord(error);
    expect(record).toMatchObject({ type: 'PorticoError', message: 'A needed service is not available', code: 'SERVICE_UNAVAILABLE' });
    expect(record.stack).toContain('error-record.spec');
    expect(record.causes?.map(({ type, message, code }) => [type, message, code])).toEqual([
      ['Error', 'attempt failed', undefined],
      ['AggregateError', '', undefined],
      ['Error', 'connect ECONNREFUSED', 'ECONNREFUSED'],
    ]);
  });

  it('leaves out whatever else an error carries', () => {
    const error = Object.assign(new Error('no'), { config: { headers: { authorization: 'Bearer planted' } } });
    expect(JSON.stringify(errorRecord(error))).not.toContain('planted');
    expect(errorRecord({ password: 'planted' })).toEqual({ type: 'object', message: '' });
  });

  it('ends where causes go in circles or on and on', () => {
    const circle = new Error('circle');
    circle.cause = circle;
    expect(errorRecord(circle).causes).toBeUndefined();
    let deep = new Error('root');
    for (let level = 0; level < 50; level++) deep = new Error(`level ${level}`, { cause: deep });
    expect(errorRecord(deep).causes).toHaveLength(8);
  });
});
