import { describe, expect, it } from 'vitest';
import { AnswerFields } from './answer-fields.js';

const fields = (...raw: string[]) => new AnswerFields(raw.map((text) => Buffer.from(text, 'latin1')));

describe('AnswerFields', () => {
  it('finds a field whatever its case, and nothing where there is none', () => {
    const answer = fields('Content-Type', 'text/html', 'ETAG', '"a"');
    expect([answer.get('content-type'), answer.get('etag'), answer.get('vary')]).toEqual(['text/html', '"a"', undefined]);
  });

  it('joins the values of a repeated field, and lists them apart in the whole', () => {
    const answer = fields('Vary', 'origin', 'Date', 'now', 'vary', 'accept');
    expect(answer.get('vary')).toBe('origin, accept');
    expect(answer.toObject()).toEqual({ vary: ['origin', 'accept'], date: 'now' });
  });

  it('gives every field in its order, names in lower case', () => {
    expect(fields('Vary', 'Origin', 'DATE', 'now', 'vary', 'accept').inTurn()).toEqual(['vary', 'Origin', 'date', 'now', 'vary', 'accept']);
  });

  it('reads bytes above ASCII as Latin-1, and a field called __proto__ as any other', () => {
    const answer = fields('X-Name', 'Jos\u00e9', '__proto__', 'x');
    expect(answer.get('x-name')).toBe('Jos\u00e9');
    expect(Object.entries(answer.toObject())).toContainEqual(['__proto__', 'x']);
  });
});
