import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../../../apps/services/dist/main.mjs', import.meta.url));

/** Some services of the shop, in a process of their own. */
export interface ServiceProcess {
  /** Origin of each service by name. */
  readonly origins: Readonly<Record<string, string>>;
  /** Ends it as a crash would; resolves when it is gone. */
  kill(): Promise<void>;
  /** Tells it to end; resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Starts services on free ports.
 * @param settings further ones, as environment variables
 * @throws Error when their bundle is not built, or they end instead
 */
export async function startServices(names: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<ServiceProcess> {
  if (!existsSync(bundle)) throw new Error('The services are not built: run `npx nx build services`, or `npm test`, which does.');
  const ports = Object.fromEntries(names.map((name) => [`${name.toUpperCase()}_PORT`, '0']));
  const child = spawn(process.execPath, [bundle, ...names], { env: { ...process.env, ...ports, ...settings }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const gone = once(child, 'exit');
  const origins = (): Record<string, string> => Object.fromEntries([...output.matchAll(/^(\w+)\s+(http:\/\/\S+)$/gm)].map(([, name, origin]) => [name as string, origin as string]));
  while (Object.keys(origins()).length < names.length) {
    await Promise.race([once(child.stdout, 'data'), gone.then(([code]) => Promise.reject(new Error(`The services ended with ${code}:\n${output}`)))]);
  }
  const sent = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return { origins: origins(), kill: () => sent('SIGKILL'), end: () => sent('SIGTERM') };
}
