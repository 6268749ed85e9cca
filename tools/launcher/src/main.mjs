#!/usr/bin/env node
// Runs before anything is installed: this file and what it imports at first use only Node's built-ins.
import { nodeVersionFault } from './setup/node-version.mjs';

const commands = ['start', 'test', 'bench', 'drills', 'conformance', 'conformance-security', 'token', 'serve', 'portico'];

const fault = nodeVersionFault(process.versions.node);
const [name = '', ...args] = process.argv.slice(2);

if (fault !== undefined) {
  console.error(fault);
  process.exitCode = 1;
} else if (!commands.includes(name)) {
  console.error(`Say what to do: ${commands.join(', ')}.`);
  process.exitCode = 1;
} else {
  const { run } = await import(`./commands/${name}.command.mjs`);
  // What is still open by now (a probe's socket, say) has no reason to keep the terminal.
  process.exit(await run(args));
}
