import type { LoggerService } from '@nestjs/common';
import { errorRecord, type PorticoTelemetry } from '@portico/observability';

/** Where Nest tells what it does while it starts: worth reading only when something is looked for. */
const talkative = new Set(['NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication']);

type Level = 'info' | 'warn' | 'error' | 'debug' | 'trace' | 'fatal';

/** Nest's log, and that of a team's own `Logger`, in the lines of the gateway's: one format, one level, one output. */
export class NestLog implements LoggerService {
  readonly #logger: PorticoTelemetry['logger'];

  constructor(logger: PorticoTelemetry['logger']) {
    this.#logger = logger;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#write(talkative.has(contextOf(rest) ?? '') ? 'debug' : 'info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#write('error', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#write('fatal', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#write('trace', message, rest);
  }

  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const context = contextOf(rest);
    const error = [message, ...rest].find((item) => item instanceof Error);
    this.#logger[level]({ context, error: error && errorRecord(error) }, message instanceof Error ? message.message : String(message));
  }
}

/** Nest puts the name of whoever logs last; a stack before it, where there is one. */
function contextOf(rest: readonly unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' && !last.includes('\n') ? last : undefined;
}
