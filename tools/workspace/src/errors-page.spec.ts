import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { renderErrorsPage, type PageRow } from './errors-page.js';
import { read, root } from './workspace.js';

const path = 'docs/errors.md';

// By path: a tool may not depend on a lib, and the page is about this very file.
const tableUrl = pathToFileURL(join(root, 'libs/core/src/error-table.ts')).href;
const { errorTable } = (await import(/* @vite-ignore */ tableUrl)) as { errorTable: Record<string, PageRow> };
const page = renderErrorsPage(errorTable);

if (process.env['PORTICO_WRITE_DOCS'] === '1') writeFileSync(join(root, path), page);

describe('docs/errors.md', () => {
  it('has a row for every code, and no other row', () => {
    expect(existsSync(join(root, path))).toBe(true);
    const codes = [...read(path).matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);
    expect(codes.sort()).toEqual(Object.keys(errorTable).sort());
  });

  it('says what the table says', () => {
    expect(read(path)).toBe(page);
  });
});
