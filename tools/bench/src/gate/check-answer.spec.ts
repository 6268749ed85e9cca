import { describe, expect, it } from 'vitest';
import { checkAnswer } from './check-answer.mjs';
import { partialProductScreen, productScreen } from './view-models.mjs';

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

  it('stops what is not JSON', () => {
    expect(checkAnswer('/w1/p-7', { id: 'p-7' }, 200, '<html>')?.message).toContain('not JSON: <html>');
  });
});
