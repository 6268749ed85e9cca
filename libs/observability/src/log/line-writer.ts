import { symbols, type DestinationStream, type Logger } from 'pino';

/** Writes a line whose fields are JSON already, without the braces around them. */
export type LineWriter = (fields: string) => void;

/**
 * A writer of lines of one level and message, as the logger would write them, for the line that every request has:
 * field by field it would cost as much as a policy. Undefined where lines of this level are not written.
 */
export function lineWriter(log: Logger, level: 'info' | 'warn', message: string): LineWriter | undefined {
  if (!log.isLevelEnabled(level)) return undefined;
  const { [symbols.streamSym]: output, [symbols.timeSym]: time } = log as unknown as { [symbols.streamSym]: DestinationStream; [symbols.timeSym]: () => string };
  const name = JSON.stringify(log.bindings()['name']);
  const [before, after] = [`{"level":"${level}"`, `,"msg":${JSON.stringify(message)}}\n`];
  return (fields) => output.write(`${before}${time()},"name":${name},${fields}${after}`);
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A text as JSON: nearly every one is only put between quotes. */
export function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}
