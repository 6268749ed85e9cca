import { cpus, loadavg, release, type } from 'node:os';
import { canPin } from './cores.mjs';

/**
 * What a figure depends on besides the code; nothing that names the machine.
 * @typedef {{ cpu: string, cores: number, node: string, os: string, pinned: boolean, loadBefore: number }} Machine
 *   loadBefore: processes that wanted a core in the minute before the run; ratios scatter when others are busy
 */

/** @returns {Machine} */
export const describeMachine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  // Not availableParallelism(): this process may be pinned.
  cores: cpus().length,
  node: process.version,
  os: `${type()} ${release().replace(/-.*/, '')}`,
  pinned: canPin,
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});
