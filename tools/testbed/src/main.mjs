#!/usr/bin/env node
// Runs before anything is installed: this file and what it imports use only Node's built-ins.
import { provide } from './provide.command.mjs';
import { run } from './run.command.mjs';
import { servers } from './servers.mjs';

const usage = `Real servers for tests: ${Object.keys(servers).join(', ')}.
  provide NAME…   fetches or builds them, once
  has NAME…       ends with 0 when all of them are there, else with 1
  run NAME        starts one, until it is interrupted`;

const [command = '', ...names] = process.argv.slice(2);
const known = names.length > 0 && names.every((name) => Object.hasOwn(servers, name));

if (known && command === 'provide') process.exitCode = await provide(names);
else if (known && command === 'has') process.exitCode = names.every((name) => servers[name]?.isProvided()) ? 0 : 1;
else if (known && command === 'run' && names.length === 1) process.exitCode = await run(String(names[0]));
else {
  console.error(usage);
  process.exitCode = 1;
}
