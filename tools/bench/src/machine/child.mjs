import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { loadCore, onCore } from './cores.mjs';
import { callJobs } from './job-channel.mjs';

/** A companion process on the load core. @typedef {{ call: (job: string, argument?: unknown) => Promise<any>, stop: () => Promise<void> }} Companion */

/**
 * Starts a script of this folder as a companion that answers jobs.
 * @param {URL} script
 * @param {readonly string[]} [flags] of Node.js
 * @returns {Companion}
 */
export function startCompanion(script, flags = []) {
  const [program, args] = onCore(loadCore, [process.execPath, ...flags, fileURLToPath(script)]);
  const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return { call: callJobs(child), stop: () => ended(child) };
}

/**
 * Ends a process and waits until it is gone.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
