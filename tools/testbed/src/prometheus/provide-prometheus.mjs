import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';

/** Prometheus on the search path; undefined when there is none. Its `promtool` lies beside it. */
export const findPrometheus = () => findProgram(['prometheus']);

/**
 * Installs Debian's package.
 * @returns {Promise<void>}
 */
export const providePrometheus = () => installPackage('prometheus');
