import { describe } from 'vitest';
import { MemoryThrottlerStorage } from '../src/index.js';
import { countingCases } from './counting-cases.js';

describe('Hits counted in memory', () => {
  countingCases((clock) => new MemoryThrottlerStorage({ clock }));
});
