import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@portico/core/testing';

const program = fileURLToPath(new URL('../../../deploy/edge/src/main.mjs', import.meta.url));

/** Folder with the certificate of the edge, where specs are to reach BFFs through it; undefined where they are not. `npm test` sets it. */
export function edgeCertificate(): string | undefined {
  return process.env['TEST_EDGE_TLS'] || undefined;
}

/** The edge as it ships, before one BFF. */
export interface EdgeBefore {
  /** As in `https://localhost:8443`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts the real edge before a BFF: nginx with its firewall in prevention mode, over TLS.
 * @param instance where the BFF listens, as `127.0.0.1:3010`
 * @param tls folder with `edge.pem` and `edge-key.pem` for `localhost`
 * @throws Error when it does not come up
 */
export async function startEdgeBefore(instance: string, tls: string): Promise<EdgeBefore> {
  const folder = mkdtempSync(join(tmpdir(), 'portico-edge-'));
  const [httpsPort, httpPort] = (await freePorts(2)) as [number, number];
  const config = {
    address: '127.0.0.1',
    httpsPort,
    httpPort,
    runFolder: join(folder, 'run'),
    workers: 1,
    shutdownGraceMs: 1_000,
    tls: { certificateFile: join(tls, 'edge.pem'), keyFile: join(tls, 'edge-key.pem') },
    pools: { bff: { instances: [instance] } },
    sites: [{ hosts: ['localhost'], pool: 'bff', paths: [{ prefix: '/hubs/', answerTimeoutMs: 3_600_000 }] }],
  };
  const path = join(folder, 'edge.json');
  writeFileSync(path, JSON.stringify(config));
  const edge = spawn(process.execPath, [program, 'run'], { env: { ...process.env, EDGE_CONFIG: path, EDGE_PORT: '' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<number | null>((resolve) => edge.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: edge.stdout }).on('line', (line) => void (line.includes('"The edge is up"') && resolve()));
    void exited.then((code) => reject(new Error(`The edge ended with ${code}.`)));
  });
  return {
    url: `https://localhost:${httpsPort}`,
    close: async () => {
      edge.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
