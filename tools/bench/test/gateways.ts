import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { System } from '../src/plan/systems.mjs';

/** A gateway in a few lines of JavaScript, in the place of the system `bare`. */
export function gatewayOf(script: string, needsToken = false): System {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const entry = join(folder, 'gateway.mjs');
  writeFileSync(entry, script);
  return { name: 'bare', title: 'a fixture', entry, env: () => ({}), needsToken, firstAnswer: '/' };
}

/** A gateway that answers everything with the JSON that the expression over `id`, `request` and `served` gives, 401 where it gives null. */
export const answering = (expression: string): string =>
  `import { createServer } from 'node:http';
   let served = 0;
   createServer((request, response) => {
     served += 1;
     const id = request.url.split('/').at(-1);
     const answer = ${expression};
     response.writeHead(answer ? 200 : 401).end(JSON.stringify(answer));
   }).listen(Number(process.env.PORT), '127.0.0.1');`;
