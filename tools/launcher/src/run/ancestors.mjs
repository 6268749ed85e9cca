import { execFile } from 'node:child_process';
import { isAlive } from './is-alive.mjs';

const checkMs = 1_000;

/** Programs through which npm and Nx start a script. */
const link = /^(?:\S*\/)?(?:node|npm|npx|sh|bash|dash)\b/;
const shell = /^(?:\S*\/)?(?:sh|bash|dash)\b/;
const runner = /\b(?:npm|npx|nx)\b/;

/**
 * Which of the processes above `pid` belong to the npm or Nx command that started it. Nothing above the topmost npm or Nx counts:
 * a script that started them in the background may be long gone.
 * @param {string} processes lines of pid, parent's pid and command line, as `ps -o pid=,ppid=,args=` prints them
 * @param {number} pid
 * @returns {number[]} the nearest first
 */
export function runnersAbove(processes, pid) {
  const table = new Map(
    [...processes.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(([, id, parent, args = '']) => [Number(id), { parent: Number(parent), args }]),
  );
  /** @type {{ pid: number, args: string }[]} */
  const chain = [];
  for (let above = table.get(pid)?.parent; above !== undefined; above = table.get(above)?.parent) {
    const args = table.get(above)?.args;
    if (args === undefined || !link.test(args)) break;
    chain.push({ pid: above, args });
  }
  const top = chain.findLastIndex(({ args }) => runner.test(args) && !shell.test(args));
  return chain.slice(0, top + 1).map((member) => member.pid);
}

/**
 * Calls `orphaned` once a process of the command that started this one is gone: a killed Nx cannot stop what it started.
 * Does nothing where there is no `ps`.
 * @param {() => void} orphaned
 */
export function watchRunners(orphaned) {
  execFile('ps', ['-A', '-o', 'pid=,ppid=,args='], { maxBuffer: 16 << 20 }, (error, processes) => {
    const watched = error ? [] : runnersAbove(processes, process.pid);
    if (watched.length === 0) return;
    const timer = setInterval(() => {
      if (watched.every(isAlive)) return;
      clearInterval(timer);
      orphaned();
    }, checkMs);
    timer.unref();
  });
}
