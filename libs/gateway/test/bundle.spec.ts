import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { specBundle } from '../spec-bundle.config.js';

let folder: string;
let server: Server;
/** What the program wrote: a line of Nest's logger, and what it found. */
let line: string;
let found: Record<string, unknown>;
let chunks: { readonly name: string; readonly code: string }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'));
  await build(specBundle('bundle', folder));
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.mjs'));
  chunks = await Promise.all(names.map(async (name) => ({ name: basename(name), code: await readFile(join(folder, name), 'utf8') })));
  server = createServer((request, response) => request.resume().on('end', () => response.end(request.headers['content-type'] ?? 'nothing'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'main.mjs'), `http://127.0.0.1:${port}/`]);
  const [first = '', second = ''] = stdout.split('\n');
  line = first;
  found = JSON.parse(second) as Record<string, unknown>;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('the bundle of a gateway', () => {
  it('leaves the classes of fetch alone, and the dates of all languages, until somebody wants them', () => {
    expect(found).toMatchObject({ status: 200, seenByThen: [] });
  });

  it('sends forms of any kind by axios, and what it is told to send by fetch', () => {
    expect(found).toMatchObject({ formType: 'multipart/form-data', fieldsType: 'multipart/form-data', fetched: 200 });
  });

  it("has axios' own way of calling in a chunk that nothing loads at its start", () => {
    const chunksWith = (text: string) => chunks.filter(({ code }) => code.includes(text)).map(({ name }) => name);
    const [http = '', ...others] = chunksWith('Maximum number of redirects exceeded');
    expect(others).toEqual([]);
    expect(chunksWith(`from"./${http}"`)).toEqual([]);
    expect(chunksWith(`import(\`./${http}\`)`)).toHaveLength(1);
  });

  it('holds nothing of what is not used: media types, phone number plans, the language of types', () => {
    const code = chunks.map((chunk) => chunk.code).join('');
    for (const text of ['application/vnd.', 'isMobilePhone', 'GenericParameter']) expect(code.includes(text), text).toBe(false);
    expect(found).toMatchObject({ valid: true, read: false });
  });

  it("writes the lines of Nest's own logger with their date", () => {
    expect(line).toMatch(/^\[Nest\] \d+ {2}- \d.*\d.* LOG \[Bundle\] written$/);
  });

  it('is ASCII, and means what its source says', () => {
    expect(chunks.filter(({ code }) => /[^\0-\x7f]/.test(code)).map(({ name }) => name)).toEqual([]);
    expect(found).toMatchObject({ texts: ['…', 'aé\\é', '1–', '😀', '2'], matches: [true, true, true] });
  });

  it('has its CommonJS modules in functions that V8 compiles as it reads them', () => {
    const code = chunks.filter(({ name }) => !name.includes('runtime')).map((chunk) => chunk.code).join('');
    expect(code.match(/=[\w$]+\(\(function\(/g)?.length).toBeGreaterThan(10);
    expect(/=[\w$]+\(\(\([\w$]+,[\w$]+\)=>\{/.test(code)).toBe(false);
  });
});
