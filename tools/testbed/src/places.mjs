import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the servers are kept; nothing of it is committed. */
export const testbedFolder = join(workspaceRoot, '.portico/testbed');

/** Sources of the Eureka server. */
export const eurekaSources = fileURLToPath(new URL('../eureka', import.meta.url));
