import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axiosBundle } from '../axios-bundle.config.js';

let folder: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'axios-'));
  await build(axiosBundle(folder));
  server = createServer((request, response) => request.resume().on('end', () => response.end(request.headers['content-type'] ?? 'nothing'))).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

describe('axios in the bundle of a gateway', () => {
  it('leaves the classes of fetch alone until somebody wants them, and then knows what to do with them', async () => {
    const { port } = server.address() as AddressInfo;
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'main.mjs'), `http://127.0.0.1:${port}/`]);
    expect(JSON.parse(stdout)).toEqual({ seenByThen: [], formType: 'multipart/form-data', status: 200, valid: true });
  });

  it('has its CommonJS modules in functions that V8 compiles as it reads them', async () => {
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.mjs') && !name.includes('runtime'));
    const code = (await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))).join('');
    expect(code.match(/=[\w$]+\(\(function\(/g)?.length).toBeGreaterThan(10);
    expect(code).not.toMatch(/=[\w$]+\(\(\([\w$]+,[\w$]+\)=>\{/);
  });
});
