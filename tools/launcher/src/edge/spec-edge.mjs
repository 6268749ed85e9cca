import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '../workspace-root.mjs';
import { assertEdgeInstalled, makeEdgeCertificates } from './edge.mjs';

const folder = join(workspaceRoot, '.portico/test-edge');

/**
 * Makes what specs need to reach BFFs through the edge: a certificate of it for `localhost`.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Readonly<Record<string, string>>} what to tell Vitest: its configuration then runs the end-to-end specs of the BFFs a second time, through the edge
 * @throws {import('../launch-error.mjs').LaunchError} naming what to install
 */
export function prepareSpecEdge(env) {
  assertEdgeInstalled(env);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'edge.json');
  const tls = { certificateFile: join(folder, 'edge.pem'), keyFile: join(folder, 'edge-key.pem') };
  writeFileSync(path, JSON.stringify({ tls, pools: { bff: { instances: ['127.0.0.1:3010'] } }, sites: [{ hosts: ['localhost'], pool: 'bff' }] }));
  makeEdgeCertificates(path, folder);
  return { TEST_EDGE_TLS: folder, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') };
}
