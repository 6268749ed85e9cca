// Runs one command of the launcher over the topology of a temporary folder: `node launch.mjs start|serve <root> [project]`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from '../src/commands/serve.command.mjs';
import { start } from '../src/commands/start.command.mjs';

const [command, root = '', project = ''] = process.argv.slice(2);
const topology = JSON.parse(readFileSync(join(root, 'topology.json'), 'utf8'));
process.exit(command === 'start' ? await start({ root, topology, prepare: async () => {} }) : await serve({ root, topology, project }));
