#!/usr/bin/env node
// Runs before anything is installed: this file and what it imports use only Node's built-ins.
import { runEngine } from './docker/engine.command.mjs';
import { images } from './docker/images.command.mjs';
import { hasDocker, provideDocker } from './docker/provide-docker.mjs';
import { programs } from './programs.mjs';
import { provide } from './provide.command.mjs';
import { run } from './run.command.mjs';
import { servers } from './servers.mjs';
import { where } from './where.command.mjs';

const usage = `Real servers for tests: ${Object.keys(servers).join(', ')}. Real programs: ${Object.keys(programs).join(', ')}.
  provide NAME…   fetches, installs or builds them, once
  has NAME…       ends with 0 when all of them are there, else with 1
  run SERVER      starts one, until it is interrupted
  where PROGRAM   says where it is
  run docker      starts an engine of its own, until it is interrupted, and says how its clients find it
  images          makes the images that docker-compose.yml builds on, where no image registry can be reached`;

/** @type {Readonly<Record<string, Pick<import('./programs.mjs').Program, 'isProvided' | 'provide'>>>} */
const all = { ...servers, ...programs, docker: { isProvided: hasDocker, provide: provideDocker } };
const [command = '', ...names] = process.argv.slice(2);
const [name = ''] = names;
const known = names.length > 0 && names.every((each) => Object.hasOwn(all, each));

if (known && command === 'provide') process.exitCode = await provide(all, names);
else if (known && command === 'has') process.exitCode = names.every((each) => all[each]?.isProvided()) ? 0 : 1;
else if (command === 'run' && names.length === 1 && name === 'docker') process.exitCode = await runEngine();
else if (command === 'images' && names.length === 0) process.exitCode = await images();
else if (command === 'run' && names.length === 1 && Object.hasOwn(servers, name)) process.exitCode = await run(name);
else if (command === 'where' && names.length === 1 && Object.hasOwn(programs, name)) process.exitCode = where(name);
else {
  console.error(usage);
  process.exitCode = 1;
}
