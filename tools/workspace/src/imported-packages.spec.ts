import { expect, it } from 'vitest';
import { importedPackages } from './imported-packages.js';

it.each([
  [`import 'reflect-metadata';`, ['reflect-metadata']],
  [`import { a } from '@portico/core';`, ['@portico/core']],
  [`import type { A } from "fastify/types.js";`, ['fastify']],
  [`import {\n  a,\n  b,\n} from '@portico/core/testing';`, ['@portico/core']],
  [`export { a } from '@portico/config';`, ['@portico/config']],
  [`const vite = await import('vite');`, ['vite']],
  [`export const f = async () => (await import('@portico/auth')).a;`, ['@portico/auth']],
  [`type A = import('@portico/core').A;`, ['@portico/core']],
  ['const quote = /"/; const text = `import "mentioned"; ${quote}`;', []],
  ["const text = `\nimport 'mentioned';`;", []],
  [`import { join } from 'node:path';`, []],
  [`import { a } from './a.js';`, []],
])('reads %j', (code, packages) => {
  expect(importedPackages(code)).toEqual(packages);
});
