import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { inliningFlags } from './inline-more.js';

describe('inlineMore', () => {
  it('sets limits that this V8 has, above its own', () => {
    const known = execFileSync(process.execPath, ['--v8-options'], { encoding: 'utf8' });
    for (const flag of inliningFlags) {
      const [name = '', wanted] = flag.split('=');
      const usual = new RegExp(`${name} \\([^\\n]*\\n\\s+type: int\\s+default: ${name}=(\\d+)`).exec(known)?.[1];
      expect(Number(wanted), `${name} by default ${usual}`).toBeGreaterThan(Number(usual));
    }
  });
});
