import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './render.js';
import type { ExpectedSecrets } from './rules/references.js';

/** The Secrets that `docs/kubernetes.md` tells the reader to bring: its table of them. */
export function expectedSecrets(): ExpectedSecrets {
  const text = readFileSync(join(root, 'docs/kubernetes.md'), 'utf8');
  const rows = [...text.matchAll(/^\| `([a-z-]+)` \| ((?:`[\w.-]+`(?:, )?)+) \|/gm)];
  return new Map(rows.map(([, name = '', keys = '']) => [name, new Set([...keys.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key))]));
}
