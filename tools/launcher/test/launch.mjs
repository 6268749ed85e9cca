// Runs one command of the launcher over the topology of a temporary folder: `node launch.mjs start <root> [--edge]`, `node launch.mjs serve <root> <project>`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../src/commands/serve.command.mjs';
import { start } from '../src/commands/start.command.mjs';

const [command, root = '', ...args] = process.argv.slice(2);
const topology = JSON.parse(readFileSync(join(root, 'topology.json'), 'utf8'));
process.exit(command === 'start' ? await start({ root, topology, prepare: async () => {}, args }) : await serve({ root, topology, project: args[0] ?? '' }));
