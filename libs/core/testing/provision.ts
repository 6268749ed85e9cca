import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program that provides what is real in tests. It is run, not imported: tools are imported by nobody. */
export const testbed = fileURLToPath(new URL('../../../tools/testbed/src/main.mjs', import.meta.url));

/** What a suite needs to know of something real before it uses it. */
export interface Provision {
  /** Whether its suites are left out here: it is missing. In continuous integration they are not, and fail. */
  readonly absent: boolean;
  /** Name of its suites; with the line that would enable them where they are left out. */
  readonly title: string;
}

/** Asks the testbed for something real. `demand` is what it answered, and throws an Error when that thing is missing. */
export function provision(command: 'has' | 'where', name: string): Provision & { readonly demand: () => string } {
  const { status, stdout } = spawnSync(process.execPath, [testbed, command, name], { encoding: 'utf8' });
  const provided = status === 0;
  const enable = `to enable: node tools/testbed/src/main.mjs provide ${name}`;
  const absent = !provided && process.env.CI !== 'true';
  if (absent) console.warn(`Left out, the real ${name} is missing; ${enable}`);
  return {
    absent,
    title: absent ? `a real ${name} (${enable})` : `a real ${name}`,
    demand: () => {
      if (!provided) throw new Error(`The real ${name} is missing; ${enable}`);
      return stdout.trim();
    },
  };
}
