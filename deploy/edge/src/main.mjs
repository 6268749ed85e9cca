#!/usr/bin/env node
// Runs in an image without packages: this file and what it imports use only Node's built-ins.
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { makeCertificates } from './certificates/make-certificates.mjs';
import { run } from './commands/run.command.mjs';
import { readConfig } from './config/read-config.mjs';
import { EdgeError } from './edge-error.mjs';
import { livePath } from './nginx/render-sites.mjs';

const usage = `The edge:
  run                                      serves, until SIGTERM; what it does when it is told nothing
  check                                    reads the configuration
  live                                     ends with 0 when it serves
  make-certificates FOLDER [TRUST_FOLDER]  makes a certificate for the hosts of the sites where there is none, and puts who vouches for it into both folders
EDGE_CONFIG names the configuration, edge.json by default; EDGE_PORT its port for HTTPS.`;

const path = process.env['EDGE_CONFIG'] || fileURLToPath(new URL('../edge.json', import.meta.url));
const [command = 'run', ...args] = process.argv.slice(2);
const [folder = '', trustFolder] = args;

try {
  if (command === 'run' && args.length === 0) process.exit(await run(path));
  else if (command === 'check' && args.length === 0) readConfig(path, process.env);
  else if (command === 'live' && args.length === 0) get(`http://127.0.0.1:${readConfig(path, process.env).httpPort}${livePath}`, { timeout: 2_000 }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).once('error', () => process.exit(1));
  else if (command === 'make-certificates' && (args.length === 1 || args.length === 2)) {
    const hosts = readConfig(path, process.env).sites.flatMap((site) => site.hosts);
    const made = makeCertificates({ hosts, folder, ...(trustFolder !== undefined && { trustFolder }) });
    console.log(made ? `Made a certificate for ${hosts.join(', ')} in ${folder}.` : `The certificate in ${folder} is good.`);
  } else {
    console.error(usage);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof EdgeError ? error.message : error);
  process.exit(1);
}
