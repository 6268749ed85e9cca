import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './render.js';

/** Whether specs that need a real kubectl are left out, what they are called, and where it is. */
interface Plan {
  readonly absent: boolean;
  readonly title: string;
  /** @throws Error when it is missing */
  path(): string;
}

// By path: a tool may not depend on a lib.
const { realProgram } = (await import(/* @vite-ignore */ pathToFileURL(join(root, 'libs/core/testing/index.ts')).href)) as { realProgram: (name: 'kubectl') => Plan };

/** The kubectl that `tools/testbed` provides. */
export const realKubectl: Plan = realProgram('kubectl');
