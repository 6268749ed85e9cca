import type { ServerResponse } from 'node:http';
import { answerError } from '../server/broken-answers.js';
import { clientLeaves, type FaultSources } from '../server/fault-injection.js';
import type { IdentityFaults } from './identity-faults.js';

/** Makes the token endpoint wait and refuse as the faults say. True if there is nothing left to answer. */
export async function faultTokenEndpoint({ tokenDelayMs, tokenStatus }: IdentityFaults, { delay }: FaultSources, response: ServerResponse): Promise<boolean> {
  if (tokenDelayMs > 0 && (await clientLeaves(response, (signal) => delay(tokenDelayMs, signal)))) return true;
  if (tokenStatus < 400) return false;
  answerError(response, tokenStatus);
  return true;
}
