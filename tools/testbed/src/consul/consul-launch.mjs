import { answers } from '../run/answers.mjs';
import { consulBinary } from './provide-consul.mjs';

/** @type {import('../servers.mjs').Launch} */
export const consulLaunch = {
  ports: 3,
  command: (ports, data) => [
    consulBinary,
    'agent',
    // A server that keeps its state: what a registry knows outlives its process.
    '-server',
    '-bootstrap-expect=1',
    '-node=testbed',
    '-disable-host-node-id',
    '-bind=127.0.0.1',
    '-client=127.0.0.1',
    `-data-dir=${data}`,
    '-hcl',
    `ports { http = ${ports[0]} server = ${ports[1]} serf_lan = ${ports[2]} serf_wan = -1 dns = -1 grpc = -1 https = -1 }`,
    '-hcl',
    'performance { raft_multiplier = 1 } disable_update_check = true enable_script_checks = false',
  ],
  origin: (ports) => `http://127.0.0.1:${ports[0]}`,
  // It takes requests before it has a leader, and refuses them.
  isReady: (origin) => answers(`${origin}/v1/status/leader`, (text) => text.length > 2),
};
