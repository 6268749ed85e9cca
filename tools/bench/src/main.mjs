import { writeFileSync } from 'node:fs';
import { describeMachine } from './machine/describe-machine.mjs';
import { parseOptions, usage } from './options.mjs';
import { consoleReport } from './report/console-report.mjs';
import { markdownReport } from './report/markdown-report.mjs';
import { resultOf } from './report/result.mjs';
import { runAll } from './run/run-all.mjs';

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => process.exit(130));

const options = optionsOrUsage();
const machine = describeMachine();
try {
  const measured = await runAll(options, (line) => console.error(line));
  const result = resultOf(measured, machine, options);
  console.log(consoleReport(result));
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  if (options.markdown) writeFileSync(options.markdown, markdownReport(result));
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

function optionsOrUsage() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
    process.exit(2);
  }
}
