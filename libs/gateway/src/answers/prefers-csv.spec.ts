import { describe, expect, it } from 'vitest';
import { prefersCsv } from './prefers-csv.js';

describe('prefersCsv', () => {
  it.each([
    [undefined, false],
    ['', false],
    ['*/*', false],
    ['application/json', false],
    ['application/x-ndjson', false],
    ['text/csv', true],
    ['TEXT/CSV; header=present', true],
    ['text/*', true],
    ['text/csv, application/x-ndjson', false],
    ['text/csv, */*;q=0.5', true],
    ['text/csv;q=0.5, */*', false],
    ['text/csv;q=0.8, application/x-ndjson;q=0.9', false],
    ['application/x-ndjson;q=0.1, text/csv;q=0.2', true],
    ['text/csv;q=0', false],
    ['text/*, text/csv;q=0', false],
    ['*/*, application/x-ndjson;q=0, text/csv;q=0.1', true],
    ['text/csv;q=high', false],
  ])('of Accept: %s is %s', (accept, wanted) => {
    expect(prefersCsv(accept)).toBe(wanted);
  });
});
