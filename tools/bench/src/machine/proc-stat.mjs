import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Clock ticks per second in which the kernel counts CPU time (`getconf CLK_TCK`). */
export const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/**
 * User and system time of all threads of a process, in clock ticks (proc(5), /proc/pid/stat, fields 14 and 15).
 * @param {string} stat content of /proc/pid/stat
 * @returns {number}
 */
export function cpuTicks(stat) {
  // Field 2 is the command in parentheses and may itself hold blanks and parentheses: fields are counted after the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  if (!Number.isInteger(ticks)) throw new Error('/proc/pid/stat cannot be read');
  return ticks;
}

/**
 * Time that a thread has spent on a core, in nanoseconds (the kernel's scheduler/sched-stats.rst, first field).
 * @param {string} schedstat content of /proc/pid/task/tid/schedstat
 * @returns {number}
 */
export function runNanoseconds(schedstat) {
  const time = Number(schedstat.split(' ')[0]);
  if (!Number.isInteger(time)) throw new Error('schedstat cannot be read');
  return time;
}

/**
 * Resident memory in MB of 1,000,000 bytes (proc(5), /proc/pid/status, VmRSS).
 * @param {string} status content of /proc/pid/status
 * @returns {number}
 */
export function rssMb(status) {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  if (!match) throw new Error('/proc/pid/status names no VmRSS');
  return (Number(match[1]) * 1024) / 1e6;
}

const hasSchedstat = existsSync('/proc/self/schedstat');

/**
 * CPU seconds that the threads of a process have used since they started: to the nanosecond where the kernel keeps schedstat,
 * otherwise in ticks. Short windows need the former.
 * @param {number} pid
 * @returns {number}
 */
export function cpuSecondsOf(pid) {
  if (!hasSchedstat) return cpuTicks(readFileSync(`/proc/${pid}/stat`, 'latin1')) / ticksPerSecond;
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).reduce((sum, task) => sum + runNanoseconds(readFileSync(`${tasks}/${task}/schedstat`, 'latin1')), 0) / 1e9;
}

/**
 * @param {number} pid
 * @returns {number}
 */
export const rssMbOf = (pid) => rssMb(readFileSync(`/proc/${pid}/status`, 'latin1'));

/**
 * Sockets that a process holds open, those that it listens on included.
 * @param {number} pid
 * @returns {number}
 */
export function socketsOf(pid) {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((name) => targetOf(`${folder}/${name}`).startsWith('socket:')).length;
}

/** @param {string} link */
function targetOf(link) {
  try {
    return readlinkSync(link);
  } catch {
    // Closed since the folder was read.
    return '';
  }
}
