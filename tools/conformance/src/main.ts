import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startGateway } from './gateway/start-gateway.js';
import { parseOptions, usage } from './options.js';
import { readDeviations } from './report/deviations.js';
import { lineOf, summary } from './report/lines.js';
import { runVectors } from './run/run-vectors.js';
import { readVectors } from './vectors/read-vectors.js';

/** Runs conformance cases; the exit code is 1 when one fails, or when none was run. */
async function main(argv: readonly string[]): Promise<number> {
  const { vectors, only } = parseOptions(argv);
  // npm changes into the root of the repository, and says here where its user was.
  const file = resolve(process.env['INIT_CWD'] ?? '.', vectors);
  const results = await runVectors(readVectors(readFileSync(file, 'utf8')), { gateway: startGateway, only, deviations: readDeviations(readFileSync('docs/ocelot.md', 'utf8')) });
  for (const result of results) if (result.outcome !== 'met') console.log(lineOf(result));
  console.log(summary(results));
  return results.length > 0 && results.every(({ outcome }) => outcome !== 'failed') ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? `${error.message}\n${usage}` : error);
    process.exit(1);
  },
);
