import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@portico/core/testing';
import { makeCertificates } from '../src/certificates/make-certificates.mjs';

const main = fileURLToPath(new URL('../src/main.mjs', import.meta.url));

/** A line of the edge's log. */
export type LogLine = Readonly<Record<string, unknown>>;

export interface EdgeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface EdgeRequest extends Pick<RequestOptions, 'method' | 'headers' | 'key' | 'cert' | 'agent' | 'minVersion' | 'maxVersion' | 'servername' | 'timeout'> {
  readonly body?: string;
  /** Name in the address; `shop.localhost` by default. */
  readonly host?: string;
}

/** The edge as it ships, with the real nginx, on free ports. */
export class TestEdge {
  readonly lines: LogLine[] = [];
  readonly exited: Promise<number | null>;
  readonly ca: Buffer;
  readonly #process: ChildProcess;
  #heard: () => void = () => {};

  private constructor(readonly httpsPort: number, readonly httpPort: number, readonly folder: string, env: NodeJS.ProcessEnv) {
    this.ca = readFileSync(join(folder, 'ca.pem'));
    this.#process = spawn(process.execPath, [main, 'run'], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as LogLine);
      this.#heard();
    });
    this.exited = new Promise((resolve) => this.#process.once('close', (code) => resolve(code)));
  }

  /** @param configure what the configuration has besides ports, certificate and run folder */
  static async start(configure: object | ((folder: string) => object)): Promise<TestEdge> {
    const folder = mkdtempSync(join(tmpdir(), 'portico-edge-'));
    const [httpsPort, httpPort] = (await freePorts(2)) as [number, number];
    const extra = typeof configure === 'function' ? configure(folder) : configure;
    const { sites } = extra as { sites: { hosts: string[] }[] };
    makeCertificates({ hosts: sites.flatMap(({ hosts }) => hosts), folder });
    const config = { address: '127.0.0.1', httpsPort, httpPort, runFolder: join(folder, 'run'), workers: 2, tls: { certificateFile: join(folder, 'edge.pem'), keyFile: join(folder, 'edge-key.pem') }, ...extra };
    writeFileSync(join(folder, 'edge.json'), JSON.stringify(config));
    const edge = new TestEdge(httpsPort, httpPort, folder, { EDGE_CONFIG: join(folder, 'edge.json'), EDGE_PORT: '' });
    await Promise.race([edge.line(({ msg }) => msg === 'The edge is up'), edge.exited.then((code) => Promise.reject(new Error(`The edge ended with ${code}`)))]);
    return edge;
  }

  /** The first line that fits, once it is there. */
  async line(fits: (line: LogLine) => boolean): Promise<LogLine> {
    for (;;) {
      const found = this.lines.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => (this.#heard = resolve));
    }
  }

  /** One request over TLS, on a connection of its own unless an agent is given. */
  send(path: string, { body, host = 'shop.localhost', headers = {}, agent = false, ...options }: EdgeRequest = {}): Promise<EdgeAnswer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port: this.httpsPort, path, servername: host, ca: this.ca, agent, headers: { host: `${host}:${this.httpsPort}`, ...headers }, ...options }, (answer) => {
        text(answer).then((received) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: received }), reject);
      });
      sent.once('error', reject);
      sent.end(body);
    });
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  async close(): Promise<void> {
    // Nothing is open any more that would be worth the grace time.
    this.signal('SIGTERM');
    await this.exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Tries until the answer is good; the suite's timeout ends it. */
export async function until(good: () => Promise<boolean>): Promise<void> {
  while (!(await good()));
}
