import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inliningLimits, parserLimits } from './tune-compiler.js';

describe('tuneCompiler', () => {
  it('is given limits that this V8 has, above its own', () => {
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    for (const limit of [...inliningLimits, ...parserLimits]) {
      const [name = '', wanted] = limit.split('=');
      const usual = new RegExp(`${name} \\([^\\n]*\\n\\s+type: int\\s+default: ${name}=(\\d+)`).exec(known)?.[1];
      expect(Number(wanted), `${name} by default ${usual}`).toBeGreaterThan(Number(usual));
    }
  });
});
