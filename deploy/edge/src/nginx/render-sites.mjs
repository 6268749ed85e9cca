import { block } from './lines.mjs';
import { setCookieVariable, targetVariable } from './pool-names.mjs';
import { renderProblems } from './problems.mjs';

/** @typedef {import('../config/edge-config.mjs').EdgeConfig} EdgeConfig */
/** @typedef {import('../config/edge-config.mjs').SiteConfig} SiteConfig */

/** Where plain HTTP answers that the edge lives. */
export const livePath = '/health/live';

/**
 * The servers: plain HTTP that redirects, HTTPS for each site, and for names that nobody knows.
 * @param {EdgeConfig} config
 * @returns {string[]} lines
 */
export function renderSites(config) {
  const { address, httpsPort, httpPort, publicPort, sites } = config;
  const headers = securityHeaders(config);
  const answers = renderProblems(headers, off(config));
  const everyHost = sites.flatMap(({ hosts }) => hosts).join(' ');
  const port = publicPort === 443 ? '' : `:${publicPort}`;
  const alive = block(`location = ${livePath}`, ['access_log off;', ...off(config), 'default_type application/json;', `return 200 '{"status":"ok"}';`]);
  return [
    ...block('server', [`listen ${address}:${httpPort};`, `server_name ${everyHost};`, ...answers, ...alive, ...block('location /', [...off(config), `return 308 https://$host${port}$request_uri;`])]),
    ...block('server', [`listen ${address}:${httpPort} default_server;`, 'server_name _;', ...answers, ...alive, ...block('location /', [...off(config), 'return 421;'])]),
    ...block('server', [`listen ${address}:${httpsPort} ssl http2 default_server;`, 'server_name _;', ...answers, ...block('location /', [...off(config), 'return 421;'])]),
    ...sites.flatMap((site) => block('server', renderSite(site, config, headers, answers))),
  ];
}

/**
 * @param {SiteConfig} site
 * @param {EdgeConfig} config
 * @param {readonly string[]} headers
 * @param {readonly string[]} answers
 */
function renderSite({ hosts, pool, clientCertificates, paths }, config, headers, answers) {
  const locations = paths.some(({ prefix }) => prefix === '/') ? paths : [...paths, { prefix: '/', closed: false }];
  return [
    `listen ${config.address}:${config.httpsPort} ssl http2;`,
    `server_name ${hosts.join(' ')};`,
    ...(clientCertificates === 'off' ? [] : [`ssl_client_certificate ${config.tls.clientCaFile};`, `ssl_verify_client ${clientCertificates === 'required' ? 'on' : 'optional'};`, 'ssl_verify_depth 3;']),
    ...headers,
    ...answers,
    ...locations.flatMap((path) => block(`location ${path.prefix}`, renderLocation(path, path.closed ? undefined : (path.pool ?? pool), config, headers))),
  ];
}

/**
 * @param {import('../config/edge-config.mjs').PathConfig} path
 * @param {string | undefined} pool
 * @param {EdgeConfig} config
 * @param {readonly string[]} headers
 */
function renderLocation({ prefix, rewrite, answerTimeoutMs }, pool, config, headers) {
  if (pool === undefined) return [...off(config), 'return 404;'];
  const hasCookie = config.pools[pool]?.affinity === 'cookie';
  return [
    `set $edge_pool ${pool};`,
    ...(rewrite === undefined ? [] : [`rewrite "^${prefix.replaceAll('.', '\\.')}(.*)$" "${rewrite}$1" break;`]),
    ...(answerTimeoutMs === undefined ? [] : [`proxy_read_timeout ${answerTimeoutMs}ms;`, `proxy_send_timeout ${answerTimeoutMs}ms;`, `send_timeout ${answerTimeoutMs}ms;`]),
    // Fields that are added here would else take the place of the server's.
    ...(hasCookie ? [...headers, `add_header Set-Cookie ${setCookieVariable(pool)} always;`] : []),
    `proxy_pass http://${targetVariable(pool)};`,
  ];
}

/** Nothing to inspect where nothing is passed on. @param {EdgeConfig} config */
const off = ({ firewall }) => (firewall.mode === 'off' ? [] : ['modsecurity off;']);

/**
 * What every answer carries. Of those but the first, a BFF's own wins.
 * @param {EdgeConfig} config
 */
function securityHeaders({ hstsMaxAgeS }) {
  return [
    ...(hstsMaxAgeS === 0 ? [] : [`add_header Strict-Transport-Security "max-age=${hstsMaxAgeS}; includeSubDomains" always;`]),
    'add_header X-Content-Type-Options $edge_nosniff always;',
    'add_header X-Frame-Options $edge_frame_options always;',
    'add_header Referrer-Policy $edge_referrer_policy always;',
  ];
}
