import { expect, it } from 'vitest';
import { nodeVersionFault } from './node-version.mjs';

it.each(['20.19.0', '20.20.2', '22.1.0', '24.0.0'])('accepts Node.js %s', (version) => {
  expect(nodeVersionFault(version)).toBeUndefined();
});

it.each(['18.20.0', '20.18.9'])('refuses Node.js %s in one sentence', (version) => {
  expect(nodeVersionFault(version)).toBe(`Portico needs Node.js 20.19 or newer, and this is ${version}.`);
});
