import { resolve } from 'node:path';
import { isConfigurationError } from '@portico/config';
import { systemClock } from '@portico/core';
import type { AssembledGateway } from '../assemble-gateway.js';
import type { GatewayConfig } from '../gateway.config.js';
import type { GatewayDefinition } from '../gateway-definition.js';
import { explain } from './explain.command.js';
import { inspectGateway } from './inspect-gateway.js';
import { listRoutes } from './routes.command.js';

interface Command {
  readonly usage: string;
  /** How many arguments follow the file. */
  readonly takes: number;
  readonly look: (gateway: AssembledGateway, args: readonly string[]) => string;
}

const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['check', { usage: 'check FILE', takes: 0, look: ({ host }) => `${host?.snapshot.table.routes.length ?? 0} routes, no fault` }],
  ['routes', { usage: 'routes FILE', takes: 0, look: listRoutes }],
  ['explain', { usage: 'explain FILE METHOD URL', takes: 2, look: explain }],
]);

/**
 * Answers a question about a gateway's file of routes, or turns another gateway's configuration into one, on standard output.
 * @returns exit code: 0, or 1 when the file has faults or the command cannot be understood
 */
export async function runCommand<C extends GatewayConfig>(definition: GatewayDefinition<C>, name: string, [file, ...args]: readonly string[]): Promise<number> {
  if (name === 'api-key') return keepKeys(file === undefined ? [] : [file, ...args]);
  if (name === 'import' && file === 'ocelot' && args.length > 0) return printImport(args);
  const command = commands.get(name);
  if (!command || file === undefined || args.length !== command.takes) {
    process.stderr.write(`Say one of: ${[...commands.values()].map(({ usage }) => usage).join('; ')}; import ocelot FILE…; api-key create, rotate, revoke or list.\n`);
    return 1;
  }
  try {
    process.stdout.write(`${await inspectGateway(definition, file.split(',').map((one) => resolve(one)), (gateway) => command.look(gateway, args))}\n`);
    return 0;
  } catch (error) {
    if (!isConfigurationError(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function keepKeys(args: readonly string[]): Promise<number> {
  const { apiKeyCommand } = await import('./api-key.command.js');
  const { output, notes, ok } = await apiKeyCommand(args, systemClock);
  if (output !== '') process.stdout.write(`${output}\n`);
  if (notes !== '') process.stderr.write(`${notes}\n`);
  return ok ? 0 : 1;
}

async function printImport(paths: readonly string[]): Promise<number> {
  const { importOcelotFiles } = await import('./import-ocelot.command.js');
  const { file, notes, ok } = importOcelotFiles(paths.map((path) => resolve(path)));
  process.stdout.write(file);
  if (notes !== '') process.stderr.write(`${notes}\n`);
  return ok ? 0 : 1;
}
