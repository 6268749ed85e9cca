import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackProgram } from '../debian/unpack-program.mjs';
import { findProgram } from '../find-program.mjs';
import { testbedFolder } from '../places.mjs';

const unpacked = join(testbedFolder, 'kubectl', 'kubectl');

/** The client of Kubernetes: the one that was unpacked, else one on the search path; undefined when there is none. */
export function findKubectl() {
  return existsSync(unpacked) ? unpacked : findProgram(['kubectl']);
}

/**
 * Unpacks kubectl: the first release of Debian that has it by this name is trixie.
 * @returns {Promise<void>}
 */
export const provideKubectl = () => unpackProgram({ name: 'kubectl', suite: 'trixie', path: unpacked });
