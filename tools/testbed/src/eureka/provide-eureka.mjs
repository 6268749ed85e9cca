import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eurekaSources, testbedFolder } from '../places.mjs';
import { runCommand } from '../run-command.mjs';
import { eurekaArguments, javaOptions } from './eureka-settings.mjs';

const folder = join(testbedFolder, 'eureka');
const stamp = join(folder, 'built-from');

/** The program, once it is there. */
export const eurekaJar = join(folder, 'unpacked/eureka.jar');

/** Its classes, loaded and checked once: the virtual machine starts in half the time with them. */
export const eurekaClasses = join(folder, 'eureka.jsa');

/** Whether the program is there, and built from what the sources are now. */
export function hasEureka() {
  return existsSync(eurekaJar) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint();
}

/**
 * Builds the Eureka server with Maven, beside the sources and not among them, and starts it once to keep its classes.
 * @returns {Promise<void>}
 */
export async function provideEureka() {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await runCommand('mvn', ['--batch-mode', '--quiet', '-f', join(eurekaSources, 'pom.xml'), `-Dtestbed.output=${join(folder, 'target')}`, 'package']);
  await runCommand('java', ['-Djarmode=tools', '-jar', join(folder, 'target/eureka.jar'), 'extract', '--destination', join(folder, 'unpacked')]);
  await runCommand('java', [...javaOptions, `-XX:ArchiveClassesAtExit=${eurekaClasses}`, '-Dspring.context.exit=onRefresh', '-jar', eurekaJar, ...eurekaArguments(0)]);
  await rm(join(folder, 'target'), { recursive: true });
  await writeFile(stamp, fingerprint());
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const path of ['pom.xml', 'src/main/java/portico/testbed/EurekaServer.java']) hash.update(readFileSync(join(eurekaSources, path)));
  return hash.digest('hex');
}
