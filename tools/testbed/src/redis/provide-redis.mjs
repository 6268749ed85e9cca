import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';

const program = 'redis-server';

/** Redis' server on the search path; its bare name when there is none. */
export const redisProgram = () => findProgram([program]) ?? program;

/** Whether there is one. */
export const hasRedis = () => redisProgram() !== program;

/**
 * Installs Debian's package.
 * @returns {Promise<void>}
 */
export const provideRedis = () => installPackage(program);
