import { describe, expect, it } from 'vitest';
import { centsSlot, sampleId, template } from './template.mjs';

describe('a template of a service', () => {
  const render = template({ id: sampleId, url: `/x/${sampleId}.avif`, price: { amountCents: centsSlot }, note: 'fixed' });

  it('gives the JSON of the sample for any id', () => {
    expect(JSON.parse(render('p-77', 1234))).toEqual({ id: 'p-77', url: '/x/p-77.avif', price: { amountCents: 1234 }, note: 'fixed' });
  });

  it('keeps nothing of the answer before', () => {
    render('p-1', 1);
    expect(render('p-2', 2)).not.toContain('p-1');
  });
});
