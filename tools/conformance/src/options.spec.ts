import { expect, it } from 'vitest';
import { parseOptions } from './options.js';
import { readVectors } from './vectors/read-vectors.js';

it('a run has a file and perhaps a beginning of ids', () => {
  expect(parseOptions(['--vectors', 'x.jsonl', '--only', 'oc.path'])).toEqual({ vectors: 'x.jsonl', only: 'oc.path' });
  expect(() => parseOptions([])).toThrow('--vectors wants a file');
  expect(() => parseOptions(['--vectors', 'x', '--what'])).toThrow('--what');
});

it('a vector file has a case a line', () => {
  expect(readVectors('{"id":"oc.a.p01","backends":[]}\n\n{"id":"oc.a.p02","backends":[]}\n').map(({ id }) => id)).toEqual(['oc.a.p01', 'oc.a.p02']);
  expect(() => readVectors('{"id":"x","backends":[]}\nnone')).toThrow('Line 2 is no conformance case');
});
