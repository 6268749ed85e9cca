import { execFile } from 'node:child_process';
import { Agent, request } from 'node:https';
import { promisify } from 'node:util';
import { root } from './root.mjs';

const run = promisify(execFile);

/** Names of the front ends and of the issuer at the edge. */
export const sites = { web: 'shop.localhost', mobile: 'm.shop.localhost', desktop: 'desktop.shop.localhost', identity: 'id.shop.localhost' };

/**
 * A container as `docker compose ps` shows it.
 * @typedef {{ readonly Name: string, readonly Service: string, readonly State: string, readonly Health: string, readonly ExitCode: number }} Container
 */

/**
 * An answer that came through the edge.
 * @typedef {{ readonly status: number, readonly headers: import('node:http').IncomingHttpHeaders, readonly body: string }} EdgeAnswer
 */

/** The composed topology, as a project and on ports of its own. */
export class Composed {
  /** Port of the edge for HTTPS. */
  port;
  #project;
  #env;
  #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  /** @param {{ project: string, port: number, httpPort: number, env: NodeJS.ProcessEnv }} options `env`: how Docker's client finds its engine */
  constructor({ project, port, httpPort, env }) {
    this.port = port;
    this.#project = project;
    // The bundles are there: the build of an image does not reach a registry of packages everywhere.
    this.#env = { ...env, COMPOSE_PROJECT_NAME: project, EDGE_PORT: String(port), EDGE_HTTP_PORT: String(httpPort), PROMETHEUS_PORT: '0', CONSUL_PORT: '0', PORTICO_BUNDLES: 'ready' };
  }

  /** Builds the images, and starts all of it. Settles once every container is healthy. */
  async up() {
    await this.compose('build');
    await this.compose('up', '--detach', '--no-build', '--wait', '--wait-timeout', '300');
  }

  /** Ends all of it, and forgets what it kept. */
  async down() {
    this.#agent.destroy();
    const down = () => this.compose('down', '--volumes', '--timeout', '5');
    // The engine may still be letting go of a container when its network is to be removed; one of 20.10 sometimes never does, until it is started anew.
    await down().catch(down).catch((error) => {
      if (!String(error).includes('has active endpoints')) throw error;
    });
  }

  /**
   * Runs `docker compose`.
   * @param {...string} args
   * @returns {Promise<string>} what it printed
   */
  compose(...args) {
    return this.docker('compose', ...args);
  }

  /**
   * Runs `docker`.
   * @param {...string} args
   * @returns {Promise<string>} what it printed
   */
  async docker(...args) {
    const { stdout } = await run('docker', args, { cwd: root, env: this.#env, maxBuffer: 64 << 20 });
    return stdout;
  }

  /** @returns {Promise<Container[]>} all of them, those that have ended too */
  async containers() {
    return (await this.compose('ps', '--all', '--format', 'json')).trim().split('\n').map((line) => JSON.parse(line));
  }

  /**
   * The containers of a service that run, by name.
   * @param {string} service
   */
  async replicas(service) {
    return (await this.containers()).filter(({ Service, State }) => Service === service && State === 'running').map(({ Name }) => Name).sort();
  }

  /**
   * Asks from inside a container, where the services have their names.
   * @param {string} service whose container it is
   * @param {string} url
   * @returns {Promise<string>} body of the answer
   */
  async inside(service, url) {
    const [container = ''] = await this.replicas(service);
    return this.docker('exec', container, 'node', '-e', `fetch('${url}').then((answer) => answer.text()).then(console.log)`);
  }

  /**
   * An access token of a user for a BFF, from the issuer behind the edge.
   * @param {string} user
   * @param {'web' | 'mobile' | 'desktop'} bff
   */
  async token(user, bff) {
    const volume = `${this.#project}_trust:/trust:ro`;
    const command = ['/app/dist/token.mjs', '--user', user, '--for', bff, '--issuer', `https://${sites.identity}:${this.port}`];
    return (await this.compose('run', '--rm', '--no-deps', '--no-TTY', '--volume', volume, '--env', 'NODE_EXTRA_CA_CERTS=/trust/ca.pem', '--entrypoint', 'node', 'identity', ...command)).trim();
  }

  /**
   * Asks the edge, under the name of one of its sites. Its certificate is not looked at. A GET that meets the end of a connection which was kept is sent again, as browsers do (RFC 9112 9.3.1).
   * @param {string} host
   * @param {string} path
   * @param {{ method?: string, headers?: Record<string, string>, body?: string, timeoutMs?: number }} [options]
   * @returns {Promise<EdgeAnswer>}
   */
  ask(host, path, { method = 'GET', headers = {}, body, timeoutMs = 30_000 } = {}) {
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.port, servername: host, agent: this.#agent, path, method, headers: { host: `${host}:${this.port}`, ...headers }, rejectUnauthorized: false, timeout: timeoutMs };
      const asked = request(options, (answer) => {
        /** @type {Buffer[]} */
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk)).on('error', reject);
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }));
      });
      /** @param {Error} error */
      const failed = (error) => (asked.reusedSocket && method === 'GET' && /** @type {NodeJS.ErrnoException} */ (error).code === 'ECONNRESET' ? resolve(this.ask(host, path, { method, headers, timeoutMs })) : reject(error));
      asked.on('timeout', () => asked.destroy(new Error('no answer in time'))).on('error', failed).end(body);
    });
  }
}
