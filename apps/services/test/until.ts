import { setImmediate as turn } from 'node:timers/promises';

/** Gives way to other events until the condition holds; the test's own time limit ends a condition that never does. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await turn();
}
