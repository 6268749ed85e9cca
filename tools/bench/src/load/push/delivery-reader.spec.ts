import { describe, expect, it } from 'vitest';
import { priceChange } from '../../services/price-change.mjs';
import { deliveryReader } from './delivery-reader.mjs';
import { dialects } from './dialects.mjs';

const written = (system: string, message: object) => dialects[system]?.call.join(JSON.stringify(message)) ?? '';

describe.each(Object.keys(dialects))('deliveries of %s', (system) => {
  const read = deliveryReader(dialects[system]?.call ?? ['', '']);

  it('are read with their number and time', () => {
    expect(read(written(system, priceChange(41, 1_234_567_890)))).toEqual({ sequence: 41, atMicros: 1_234_567_890 });
  });

  it('are about 250 bytes long', () => {
    const { length } = written(system, priceChange(41, 1_234_567_890));
    expect(length).toBeGreaterThan(225);
    expect(length).toBeLessThan(275);
  });

  it('are refused with anything changed, missing or added', () => {
    const right = priceChange(41, 1_234_567_890);
    expect(read(written(system, { ...right, available: false }))).toBeUndefined();
    expect(read(written(system, { ...right, margin: 0.41 }))).toBeUndefined();
    expect(read(written(system, { ...right, sequence: 'x' }))).toBeUndefined();
    expect(read(written(system, right).slice(0, -1))).toBeUndefined();
    expect(read(written(system, right).repeat(2))).toBeUndefined();
  });
});
