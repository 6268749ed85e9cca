import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bundle = fileURLToPath(new URL('../dist/main.mjs', import.meta.url));

/** The web BFF as it is delivered, in a process of its own. */
export interface Replica {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts it on a free port.
 * @param settings as environment variables
 * @throws Error when its bundle is not built, or it ends instead
 */
export async function startReplica(settings: Readonly<Record<string, string>>): Promise<Replica> {
  if (!existsSync(bundle)) throw new Error('The web BFF is not built: run `npx nx build web-bff`, or `npm test`, which does.');
  const child = spawn(process.execPath, [bundle], { env: { ...process.env, ...settings, PORT: '0', PORTICO_LOG_LEVEL: 'silent' }, stdio: ['ignore', 'ignore', 'pipe'] });
  return {
    url: await urlOf(child),
    close: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = / listens on (http:\S+)\n/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The web BFF ended with ${code}:\n${output}`)));
  });
}
