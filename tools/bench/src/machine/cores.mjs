import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** The gateway has this core to itself. */
export const gatewayCore = 0;
/** Services, load generator and this harness share this one. */
export const loadCore = 1;

/** Whether processes can be kept on their cores: wants two of them and `taskset` (util-linux). */
export const canPin = availableParallelism() > 1 && spawnSync('taskset', ['-V']).status === 0;

/**
 * A command line that keeps its process on one core, or the command as it is where that cannot be done.
 * @param {number} core
 * @param {readonly [string, ...string[]]} command
 * @returns {[string, string[]]}
 */
export function onCore(core, [program, ...rest]) {
  return canPin ? ['taskset', ['-c', String(core), program, ...rest]] : [program, rest];
}

/** Moves this process, all its threads, away from the gateway's core. */
export function leaveGatewayCore() {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', String(loadCore), String(process.pid)]);
}
