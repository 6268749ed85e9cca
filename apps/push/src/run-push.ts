import { isConfigurationError, loadConfig } from '@portico/config';
import { isPorticoError } from '@portico/core';
import { createPush, type Push } from './create-push.js';
import { PushConfig, variablePrefix } from './push.config.js';

/**
 * Runs the push service as this process, until SIGTERM or SIGINT: then it sends clients away in a way that they come back from, and exits with 0.
 * A configuration that is wrong, or a port that is taken, is told in plain words and ends the process with 1.
 */
export async function runPush(): Promise<void> {
  try {
    const push = await createPush(loadConfig(PushConfig, { env: process.env, prefix: variablePrefix }), { env: process.env });
    // A launcher may send both signals, or one of them twice: the end that has begun goes on.
    const stop = (): void => void end(push);
    process.on('SIGTERM', stop).on('SIGINT', stop);
    process.stderr.write(`push listens on ${push.url}\n`);
  } catch (error) {
    process.stderr.write(`push did not start. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function end(push: Push): Promise<void> {
  try {
    await push.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`push did not end cleanly. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

function reasonOf(error: unknown): string {
  if (isConfigurationError(error) || isPorticoError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address, message, stack } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') return `Port ${port} on ${address} is taken: stop what listens there, or set PORT.`;
  return stack ?? message;
}
