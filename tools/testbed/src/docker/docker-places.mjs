import { join } from 'node:path';
import { testbedFolder } from '../places.mjs';

const folder = join(testbedFolder, 'docker');

/** Where an engine of the testbed keeps what it has. */
export const engineFolder = join(folder, 'engine');

/** Where it listens. */
export const engineSocket = join(folder, 'docker.sock');

/** A configuration of the client (`DOCKER_CONFIG`) with the plugins that were unpacked. */
export const clientFolder = join(folder, 'client');

/** Where Docker's client looks for plugins. */
export const pluginFolder = join(clientFolder, 'cli-plugins');

/** What a client of that engine needs in its environment. */
export const clientEnvironment = { DOCKER_HOST: `unix://${engineSocket}`, DOCKER_CONFIG: clientFolder };
