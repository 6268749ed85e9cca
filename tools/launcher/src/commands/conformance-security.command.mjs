import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Progress } from '../print/progress.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { topology } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/** What is not there yet, and so is neither passed nor failed: by id or by its beginning. */
const pending = ['BODY-013'];

/** Specs with cases that need somebody to log in, or are about the identity service. */
const identitySpecs = ['apps/web-bff/test/login', 'apps/web-bff/test/replicas', ...['identity', 'dpop', 'native-clients'].map((name) => `apps/services/src/identity/${name}`)];

/**
 * `npm run conformance:security`: attacks the three BFFs, case by case. A case that no BFF runs counts as failed.
 */
export function run() {
  return outcome(async () => {
    const progress = new Progress(process.stderr);
    await prepareInstalled(workspaceRoot, progress);
    // Replicas run as they are delivered.
    await prepareBuilt(workspaceRoot, [topology.services.project, 'web-bff'], progress);
    const folder = await mkdtemp(join(tmpdir(), 'portico-security-'));
    try {
      const report = join(folder, 'report.json');
      const specs = [...topology.gateways.map(({ folder: app }) => `${app}/test/security`), ...identitySpecs].map((name) => `${name}.e2e-spec.ts`);
      await ended(spawn(process.execPath, [join(workspaceRoot, 'node_modules/vitest/vitest.mjs'), 'run', ...specs, '--reporter=json', `--outputFile=${report}`], { cwd: workspaceRoot, stdio: ['ignore', 'ignore', 'inherit'] }));
      return tell(JSON.parse(await readFile(report, 'utf8')), await casesOf());
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

/** @param {import('node:child_process').ChildProcess} child */
const ended = (child) => new Promise((resolve) => child.once('close', resolve));

/** @returns {Promise<readonly { id: string, title: string, applies: readonly string[] }[]>} */
async function casesOf() {
  const lines = await readFile(join(workspaceRoot, 'libs/testing/vectors/security.jsonl'), 'utf8');
  return lines.trim().split('\n').map((line) => JSON.parse(line));
}

/**
 * Prints what became of each case, and the sum.
 * @param {{ testResults: readonly { assertionResults: readonly { title: string, status: string }[] }[] }} report
 * @param {Awaited<ReturnType<typeof casesOf>>} cases
 * @returns {number} exit code
 */
function tell({ testResults }, cases) {
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  let [passed, failed] = [0, 0];
  for (const { id, title } of cases) {
    if (pending.some((start) => id.startsWith(start))) {
      console.log(`pending  ${id} ${title}`);
      continue;
    }
    const own = results.filter((result) => result.title.startsWith(`${id} `));
    const good = own.length > 0 && own.every(({ status }) => status === 'passed');
    if (good) passed += 1;
    else {
      failed += 1;
      console.log(`${own.length === 0 ? 'not run ' : 'failed  '} ${id} ${title}`);
    }
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
