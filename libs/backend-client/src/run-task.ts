import { isPorticoError, type Clock } from '@portico/core';
import type { Ask } from './ask.js';
import { waitFor } from './bounded-wait.js';
import { brokenAnswer } from './service-error.js';
import type { ServiceTask } from './service-task.js';

/**
 * Runs a task, and waits no longer than the asker has time: one that does not keep to it is left alone.
 * @throws PorticoError: the task's own or the one behind its error, SERVICE_TIMEOUT, otherwise SERVICE_ANSWER_INVALID
 */
export async function runTask<T>(task: ServiceTask<T>, ask: Ask, clock: Clock): Promise<T> {
  if (ask.cancellation.reason) throw ask.cancellation.reason;
  try {
    return await waitFor(task.run(ask), ask, clock);
  } catch (error) {
    if (ask.cancellation.reason) throw ask.cancellation.reason;
    const known = [error, (error as Error | undefined)?.cause].find(isPorticoError);
    throw known ?? brokenAnswer(task.service, 'failed', error);
  }
}
