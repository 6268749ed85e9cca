import { systemClock, type Clock } from '@portico/core';
import { destination as openDestination, pino, type DestinationStream, type Logger } from 'pino';
import { LineBuffer } from './line-buffer.js';
import type { LogLevel } from './log.config.js';

/** Where lines go: standard output, or a stream of a test's own. */
export type LogDestination = DestinationStream;

export interface LoggerOptions {
  readonly level: LogLevel;
  /** Name of the application; in every line. */
  readonly name: string;
  /** Default: standard output, buffered. */
  readonly destination?: LogDestination | undefined;
  /** Longest time that a line waits in the buffer, in ms. Default: 500. */
  readonly flushIntervalMs?: number | undefined;
  readonly clock?: Clock | undefined;
}

// When nobody reads standard output any more, lines are dropped rather than memory filled.
const mostWaitingBytes = 8 * 1_024 * 1_024;

/**
 * The structured log: one JSON object a line, with `level` by name and `time` in ISO 8601. On standard output lines are
 * collected and written off the event loop: when 64 KB are there, after `flushIntervalMs`, and at the process's exit. A
 * standard output that fails or is gone never brings the process down.
 */
export function createLogger({ level, name, destination, flushIntervalMs = 500, clock = systemClock }: LoggerOptions): Logger {
  return pino(
    {
      level,
      base: { name },
      timestamp: timestampOf(clock),
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? (level === 'silent' ? nowhere : standardOutput(clock, flushIntervalMs)),
  );
}

/** Writes `time` in ISO 8601. The second is put together once: a `Date` for every line would cost as much as the rest of it. */
function timestampOf(clock: Clock): () => string {
  let second = Number.NaN;
  let text = '';
  return () => {
    const now = clock.epochMs();
    const current = Math.floor(now / 1_000);
    if (current !== second) {
      second = current;
      text = `,"time":"${new Date(current * 1_000).toISOString().slice(0, 20)}`;
    }
    return `${text}${String(Math.floor(now) - current * 1_000).padStart(3, '0')}Z"`;
  };
}

const nowhere: LogDestination = { write: () => {} };

function standardOutput(clock: Clock, flushIntervalMs: number): LogDestination {
  const output = openDestination({ dest: 1, sync: false, minLength: 1, maxLength: mostWaitingBytes, maxWrite: 65_536 });
  output.on('error', () => {});
  return new LineBuffer(output, clock, flushIntervalMs);
}
