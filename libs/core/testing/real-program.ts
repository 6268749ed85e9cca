import { provision, type Provision } from './provision.js';

/** What a suite needs to know of a real program before it runs it. */
export interface RealProgramPlan extends Provision {
  /** Where it is. Throws an Error when it is missing. */
  path(): string;
}

/** Plans for a real program that `tools/testbed` provides. */
export function realProgram(name: 'chromium' | 'kubectl' | 'nginx' | 'prometheus'): RealProgramPlan {
  const { absent, title, demand } = provision('where', name);
  return { absent, title, path: demand };
}
