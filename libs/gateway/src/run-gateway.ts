import { isConfigurationError } from '@portico/config';
import { createGateway, type Gateway } from './create-gateway.js';
import type { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';
import { inliningLimits, parserLimits, tuneCompiler } from './tune-compiler.js';

/**
 * Runs a gateway as this process. With a command among the process's arguments (`check`, `routes`, `explain`) it says something about its routes instead,
 * and ends. Otherwise it runs until SIGTERM or SIGINT: then it finishes running requests and exits with 0.
 * A configuration that is wrong, or a port that is taken, is told in plain words and ends the process with 1.
 */
export async function runGateway<C extends GatewayConfig>(definition: GatewayDefinition<C>): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  try {
    if (command !== undefined) {
      const { runCommand } = await import('./commands/run-command.js');
      return void process.exit(await runCommand(definition, command, args));
    }
    tuneCompiler(parserLimits);
    const gateway = await createGateway(definition);
    tuneCompiler(inliningLimits);
    // A launcher may send both signals, or one of them twice: the end that has begun goes on.
    const stop = (): void => void end(definition.name, gateway);
    process.on('SIGTERM', stop).on('SIGINT', stop);
    process.stderr.write(`${definition.name} listens on ${gateway.url}\n`);
  } catch (error) {
    process.stderr.write(`${definition.name} did not start. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

async function end(name: string, gateway: Gateway): Promise<void> {
  try {
    await gateway.close();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`${name} did not end cleanly. ${reasonOf(error)}\n`);
    process.exit(1);
  }
}

function reasonOf(error: unknown): string {
  if (isConfigurationError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port, address, message, stack } = error as NodeJS.ErrnoException & { port?: number; address?: string };
  if (code === 'EADDRINUSE') return `Port ${port} on ${address} is taken: stop what listens there, or set PORT.`;
  if (code === 'EACCES') return `Port ${port} may not be opened by this user: set PORT to one above 1023.`;
  return stack ?? message;
}
