import { block, map } from './lines.mjs';
import { renderPool } from './render-pool.mjs';
import { renderSites } from './render-sites.mjs';

/** @typedef {import('../config/edge-config.mjs').EdgeConfig} EdgeConfig */
/** @typedef {import('../pools/pool-watch.mjs').Instance} Instance */

/**
 * What else the text depends on.
 * @typedef {object} EdgeState
 * @property {Readonly<Record<string, readonly Instance[]>>} pools what is known of the instances, by pool
 * @property {string} key secret from which instances get the names that cookies show
 * @property {string} filesDigest changes when a file does that the configuration names
 */

const modsecurityModule = '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so';

/** Name of the pipe into which nginx writes a line for each request, in the run folder. */
export const accessPipe = 'access';

/** As BFFs accept them: what a client sends else would be one id in the log of the edge and another in theirs. */
const correlationId = '^[A-Za-z0-9][A-Za-z0-9._:-]{7,127}$';
/** W3C Trace Context, 3.2. */
const traceparent = '^(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$';

/**
 * The configuration of nginx.
 * @param {EdgeConfig} config
 * @param {EdgeState} state
 * @returns {string}
 */
export function renderNginx(config, { pools, key, filesDigest }) {
  const { runFolder, firewall, reloadGraceMs, workers } = config;
  const http = [
    ...renderLimits(config),
    ...renderLog(config),
    ...renderVariables(config),
    ...renderTls(config),
    ...renderProxy(config),
    ...(firewall.mode === 'off' ? [] : ['modsecurity on;', `modsecurity_rules_file ${runFolder}/firewall.conf;`, 'modsecurity_transaction_id $edge_correlation_id;']),
    ...Object.entries(config.pools).flatMap(([name, pool]) => renderPool(name, pool, pools[name] ?? [], key)),
    ...renderSites(config),
  ];
  const lines = [
    `# Written by the edge; files ${filesDigest}.`,
    ...(firewall.mode === 'off' ? [] : [`load_module ${modsecurityModule};`]),
    'daemon off;',
    `worker_processes ${workers};`,
    `worker_shutdown_timeout ${reloadGraceMs}ms;`,
    'worker_rlimit_nofile 8192;',
    `pid ${runFolder}/nginx.pid;`,
    // The firewall says which rules matched at this level.
    'error_log stderr info;',
    ...block('events', ['worker_connections 4096;']),
    ...block('http', http),
  ];
  return `${lines.join('\n')}\n`;
}

/** Never the query: tokens stand there. Nothing long: a line in the pipe is whole up to 4,096 bytes. @param {EdgeConfig} config */
function renderLog({ runFolder }) {
  const fields = {
    level: 'info', time: '$time_iso8601', msg: 'request', correlationId: '$edge_correlation_id', traceparent: '$edge_traceparent', client: '$remote_addr', protocol: '$server_protocol', tls: '$ssl_protocol', method: '$request_method', host: '$host', path: '$edge_path', status: '$status', bytes: '$body_bytes_sent',
    durationS: '$request_time', pool: '$edge_pool', instance: '$upstream_addr', instanceStatus: '$upstream_status', instanceTimeS: '$upstream_response_time', userAgent: '$edge_user_agent', clientCertificate: '$ssl_client_verify',
  };
  return [`log_format edge escape=json '${JSON.stringify(fields)}';`, `access_log ${runFolder}/${accessPipe} edge;`];
}

/** @param {EdgeConfig} config */
function renderVariables({ sampledPercent, publicPort }) {
  const missing = (/** @type {string} */ field, /** @type {string} */ to, /** @type {string} */ value) => map(`$upstream_http_${field}`, to, '""', [['', `"${value}"`]]);
  return [
    ...map('$request_uri', '$edge_path', '""', [['~^(?<edge_path_only>[^?]{0,1024})', '$edge_path_only']]),
    ...map('$http_user_agent', '$edge_user_agent', '""', [['~^(?<edge_agent_begin>.{0,256})', '$edge_agent_begin']]),
    ...map('$http_x_correlation_id', '$edge_correlation_id', '$request_id', [[`~${correlationId}`, '$http_x_correlation_id']]),
    // A trace begins here where the client has none; its first span is named after the request's id.
    ...map('$request_id', '$edge_span_id', '""', [['~^(?<edge_half>.{16})', '$edge_half']]),
    ...block('split_clients $request_id $edge_trace_flags', sampledPercent >= 100 ? ['* 01;'] : sampledPercent <= 0 ? ['* 00;'] : [`${Number(sampledPercent.toFixed(2))}% 01;`, '* 00;']),
    ...map('$http_traceparent', '$edge_traceparent', '"00-$request_id-$edge_span_id-$edge_trace_flags"', [[`~${traceparent}`, '$http_traceparent']]),
    ...map('$http_traceparent', '$edge_tracestate', '""', [[`~${traceparent}`, '$http_tracestate']]),
    ...map('$http_upgrade', '$edge_upgrade', '""', [['~*^websocket$', 'websocket']]),
    ...map('$edge_upgrade', '$edge_connection', '""', [['websocket', 'upgrade']]),
    ...map('$ssl_client_verify', '$edge_client_subject', '""', [['SUCCESS', '$ssl_client_s_dn']]),
    ...map('$ssl_client_verify', '$edge_client_fingerprint', '""', [['SUCCESS', '$ssl_client_fingerprint']]),
    ...map('$host', '$edge_host', publicPort === 443 ? '$host' : `$host:${publicPort}`, []),
    ...missing('x_content_type_options', '$edge_nosniff', 'nosniff'),
    ...missing('x_frame_options', '$edge_frame_options', 'DENY'),
    ...missing('referrer_policy', '$edge_referrer_policy', 'strict-origin-when-cross-origin'),
  ];
}

/** @param {EdgeConfig} config */
function renderLimits({ runFolder, bodyBytes, headerBytes }) {
  return [
    // A request that ends before its location is known has no pool.
    'uninitialized_variable_warn off;',
    'server_tokens off;',
    'etag off;',
    'absolute_redirect off;',
    'tcp_nodelay on;',
    'reset_timedout_connection on;',
    'keepalive_timeout 65s;',
    'send_timeout 30s;',
    'client_header_timeout 10s;',
    'client_body_timeout 15s;',
    'client_header_buffer_size 2k;',
    `large_client_header_buffers 4 ${headerBytes};`,
    `client_max_body_size ${bodyBytes};`,
    // In memory: the processes that serve may be another account's, and the file system small.
    `client_body_buffer_size ${Math.min(bodyBytes, 1_048_576)};`,
    'map_hash_bucket_size 256;',
    'server_names_hash_bucket_size 256;',
    'variables_hash_bucket_size 128;',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${runFolder}/${kind};`),
  ];
}

/** Versions and ciphers as Mozilla's intermediate profile has them. @param {EdgeConfig} config */
function renderTls({ tls }) {
  return [
    'ssl_protocols TLSv1.2 TLSv1.3;',
    'ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;',
    'ssl_prefer_server_ciphers off;',
    'ssl_session_cache shared:tls:10m;',
    'ssl_session_timeout 1d;',
    'ssl_session_tickets off;',
    `ssl_certificate ${tls.certificateFile};`,
    `ssl_certificate_key ${tls.keyFile};`,
  ];
}

/** @param {EdgeConfig} config */
function renderProxy({ connectTimeoutMs, answerTimeoutMs, publicPort }) {
  const fields = {
    Host: '$edge_host', Upgrade: '$edge_upgrade', Connection: '$edge_connection', 'X-Forwarded-For': '$remote_addr', 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': '$edge_host', 'X-Forwarded-Port': String(publicPort),
    'X-Correlation-Id': '$edge_correlation_id', Traceparent: '$edge_traceparent', Tracestate: '$edge_tracestate', 'X-Client-Cert-Subject': '$edge_client_subject', 'X-Client-Cert-Fingerprint': '$edge_client_fingerprint',
  };
  // What only somebody before the edge could say, and nobody stands there.
  const dropped = ['Forwarded', 'X-Forwarded-Server', 'X-Forwarded-Prefix', 'X-Forwarded-Ssl', 'X-Forwarded-Scheme', 'X-Forwarded-Client-Cert', 'X-Real-Ip', 'X-Client-Ip', 'X-Original-Url', 'X-Original-Host', 'X-Original-Forwarded-For', 'X-Rewrite-Url', 'X-Http-Method-Override', 'Client-Cert', 'Client-Cert-Chain', 'X-Client-Cert', 'X-Client-Cert-Verified', 'X-Ssl-Client-Cert', 'Proxy', 'Te'];
  return [
    'proxy_http_version 1.1;',
    ...Object.entries(fields).map(([name, value]) => `proxy_set_header ${name} ${value};`),
    ...dropped.map((name) => `proxy_set_header ${name} "";`),
    `proxy_connect_timeout ${connectTimeoutMs}ms;`,
    `proxy_read_timeout ${answerTimeoutMs}ms;`,
    `proxy_send_timeout ${answerTimeoutMs}ms;`,
    '# Answers pass as they come: event streams and exports would wait in a buffer. Request bodies are read first: slow clients cost an instance nothing.',
    'proxy_buffering off;',
    'proxy_request_buffering on;',
    'proxy_redirect off;',
    '# A 503 is an answer, which a BFF also gives when a service is down: no other instance knows better. Never again what may have had an effect.',
    'proxy_next_upstream error timeout;',
    'proxy_next_upstream_tries 3;',
    'proxy_next_upstream_timeout 5s;',
    '# A service must not steer the edge by what it answers.',
    'proxy_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Buffering X-Accel-Charset;',
    'proxy_hide_header Strict-Transport-Security;',
    'proxy_hide_header X-Powered-By;',
  ];
}
