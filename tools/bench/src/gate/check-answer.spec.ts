import { describe, expect, it } from 'vitest';
import { checkAnswer } from './check-answer.mjs';
import { partialProductScreen, plainDocument, productScreen } from './view-models.mjs';

describe('the gate', () => {
  it('passes the expected view model', () => {
    expect(checkAnswer('/w1/p-7', productScreen('p-7'), 200, JSON.stringify(productScreen('p-7')))).toBeUndefined();
  });

  it('stops an answer that belongs to another product', () => {
    const error = checkAnswer('/w1/p-7', productScreen('p-7'), 200, JSON.stringify(productScreen('p-8')));
    expect(error?.message).toContain('$.id: expected "p-7", got "p-8"');
  });

  it('stops a partial answer where a whole one is due', () => {
    const error = checkAnswer('/w1/p-7', productScreen('p-7'), 200, JSON.stringify(partialProductScreen('p-7')));
    expect(error?.message).toContain('$.reviews: expected');
  });

  it('stops a refusal and shows its reason', () => {
    expect(checkAnswer('/w1/p-7', {}, 429, '{"title":"Too many requests"}')?.message).toBe('GET /w1/p-7: expected status 200, got 429 {"title":"Too many requests"}');
  });

  it('compares what is only passed on byte by byte', () => {
    const document = plainDocument(1, 'p-7');
    expect(document).toHaveLength(1_024);
    expect(checkAnswer('/p1/p-7', document, 200, document)).toBeUndefined();
    expect(checkAnswer('/p1/p-7', document, 200, document.slice(0, -1))?.message).toContain('byte 1023 differs; expected 1024 bytes, got 1023');
    expect(checkAnswer('/p1/p-7', document, 200, plainDocument(1, 'p-8'))?.message).toContain('byte 9 differs');
  });

  it('stops what is not JSON', () => {
    expect(checkAnswer('/w1/p-7', { id: 'p-7' }, 200, '<html>')?.message).toContain('not JSON: <html>');
  });
});
