import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readConfig } from '../config/read-config.mjs';
import { renderFirewall } from '../firewall/render-firewall.mjs';
import { LinePipe } from '../log/line-pipe.mjs';
import { Log } from '../log/log.mjs';
import { nginxLine } from '../log/nginx-line.mjs';
import { NginxProcess } from '../nginx/nginx-process.mjs';
import { accessPipe, renderNginx } from '../nginx/render-nginx.mjs';
import { livePath } from '../nginx/render-sites.mjs';
import { PoolWatch } from '../pools/pool-watch.mjs';
import { probe } from '../pools/probe.mjs';

/** @typedef {import('../config/edge-config.mjs').EdgeConfig} EdgeConfig */

/** How often the files that the configuration names are looked at, in ms. */
const filesEveryMs = 1_000;

/**
 * Runs the edge until SIGTERM or SIGINT, or until nginx ends.
 * @param {string} path of the configuration
 * @returns {Promise<number>} exit code: 0 when it was asked to stop
 */
export async function run(path) {
  const config = readConfig(path, process.env);
  const log = new Log((line) => process.stdout.write(line));
  const stop = new AbortController();
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => stop.abort());

  mkdirSync(config.runFolder, { recursive: true });
  const { mode } = config.firewall;
  const nginx = new NginxProcess(config.runFolder, (line) => {
    const said = nginxLine(line);
    if (said) log.line(said.level, said.msg, said.fields);
  });
  const access = new LinePipe(join(config.runFolder, accessPipe), (line) => process.stdout.write(`${line}\n`));
  if (mode !== 'off') writeFileSync(join(config.runFolder, 'firewall.conf'), renderFirewall(config));

  const watches = new Map(Object.entries(config.pools).map(([name, pool]) => [name, new PoolWatch(name, pool, log)]));
  const apply = () => {
    const pools = Object.fromEntries([...watches].map(([name, { instances }]) => [name, instances]));
    return nginx.apply(renderNginx(config, { pools, ...readFiles(config) }));
  };
  await Promise.all([...watches.values()].map((watch) => watch.look()));
  await apply();
  await Promise.race([untilLive(config), nginx.ended]);
  log.info('The edge is up', { https: config.httpsPort, http: config.httpPort, firewall: mode });

  let complaint = '';
  let applied = Promise.resolve();
  const again = () =>
    (applied = applied.then(async () => {
      try {
        if (stop.signal.aborted) return;
        if (await apply()) log.info('The configuration of nginx has changed');
        complaint = '';
      } catch (error) {
        const reason = /** @type {Error} */ (error).message;
        if (reason !== complaint) log.error('nginx goes on with the configuration before', { reason });
        complaint = reason;
      }
    }));
  for (const [name, watch] of watches) void repeat(/** @type {import('../config/edge-config.mjs').PoolConfig} */ (config.pools[name]).healthIntervalMs, () => watch.look().then(again), stop.signal);
  void repeat(filesEveryMs, again, stop.signal);
  void aborted(stop.signal).then(() => {
    log.info('The edge stops');
    nginx.quit(config.shutdownGraceMs);
  });
  const code = await nginx.ended;
  await access.close();
  if (!stop.signal.aborted) log.error('nginx has ended', { code });
  return stop.signal.aborted ? 0 : 1;
}

/** Fulfilled once it is aborted, or at once. @param {AbortSignal} signal */
async function aborted(signal) {
  if (!signal.aborted) await once(signal, 'abort');
}

/**
 * Fulfilled once nginx serves.
 * @param {EdgeConfig} config
 */
async function untilLive({ address, httpPort }) {
  const here = `${address === '0.0.0.0' ? '127.0.0.1' : address}:${httpPort}`;
  while ((await probe(here, { healthPath: livePath, healthTimeoutMs: 1_000 })).finding !== 'ready') await pause(20);
}

/**
 * @param {number} everyMs
 * @param {() => unknown} work
 * @param {AbortSignal} stop
 */
async function repeat(everyMs, work, stop) {
  for (;;) {
    await pause(everyMs, undefined, { signal: stop }).catch(() => undefined);
    if (stop.aborted) return;
    await work();
  }
}

/**
 * @param {EdgeConfig} config
 * @returns {{ key: string, filesDigest: string }} the names of instances hang on the private key, for it is secret and the same at every edge
 */
function readFiles({ tls }) {
  const hash = (/** @type {string | undefined} */ file) => (file === undefined ? '' : createHash('sha256').update(readFileSync(file)).digest('hex'));
  const digests = [tls.certificateFile, tls.keyFile, tls.clientCaFile].map(hash);
  return { key: /** @type {string} */ (digests[1]), filesDigest: createHash('sha256').update(digests.join()).digest('hex').slice(0, 16) };
}
