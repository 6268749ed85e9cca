import { join } from 'node:path';
import { unpackProgram } from '../debian/unpack-program.mjs';
import { testbedFolder } from '../places.mjs';

/** The program, once it is there. */
export const consulBinary = join(testbedFolder, 'consul', 'consul');

/**
 * Unpacks Consul: the last release of Debian that has it is bullseye.
 * @returns {Promise<void>}
 */
export const provideConsul = () => unpackProgram({ name: 'consul', suite: 'bullseye', path: consulBinary });
