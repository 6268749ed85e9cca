/**
 * A problem that the edge answers with itself.
 * @typedef {object} Problem
 * @property {readonly number[]} on statuses of nginx that become it; those from 494 to 497 are its own
 * @property {number} status
 * @property {string} code
 * @property {string} title
 * @property {string} action
 */

/** Every problem that the edge itself answers with; what a BFF answers passes as it is. @type {readonly Problem[]} */
export const problems = [
  { on: [400, 501, 505], status: 400, code: 'REQUEST_MALFORMED', title: 'The request cannot be read', action: 'Send a well-formed URL, headers and body.' },
  { on: [497], status: 400, code: 'TLS_NEEDED', title: 'This port speaks TLS only', action: 'Use https.' },
  { on: [495, 496], status: 400, code: 'CLIENT_CERTIFICATE_NEEDED', title: 'A client certificate is needed', action: 'Connect with a valid certificate of an authority that this site believes.' },
  { on: [403], status: 403, code: 'FIREWALL_REFUSED', title: 'The request looks like an attack', action: 'Send other content, or report the correlation id if it is harmless.' },
  { on: [404], status: 404, code: 'ROUTE_NOT_FOUND', title: 'There is nothing at this address', action: 'Check the address.' },
  { on: [405], status: 405, code: 'METHOD_NOT_ALLOWED', title: 'The method is not allowed here', action: 'Use another method.' },
  { on: [408], status: 408, code: 'REQUEST_TIMEOUT', title: 'The request took too long to arrive', action: 'Send the whole request without pausing.' },
  { on: [413], status: 413, code: 'BODY_TOO_LARGE', title: 'The body is too large', action: 'Send a smaller body.' },
  { on: [414], status: 414, code: 'URL_TOO_LONG', title: 'The address is too long', action: 'Shorten the path parameter or the query.' },
  { on: [421], status: 421, code: 'HOST_UNKNOWN', title: 'This name is not served here', action: 'Check the name in the address, and connect anew.' },
  { on: [494], status: 431, code: 'HEADERS_TOO_LARGE', title: 'The header fields are too large', action: 'Send fewer or shorter header fields.' },
  { on: [500], status: 500, code: 'INTERNAL', title: 'The edge failed', action: 'Report the correlation id to the team that runs the edge.' },
  { on: [502, 503], status: 503, code: 'BFF_UNAVAILABLE', title: 'No instance answers', action: 'Try again later.' },
  { on: [504], status: 504, code: 'BFF_TIMEOUT', title: 'No instance answered in time', action: 'Try again.' },
];

/**
 * The directives of a server that answer them (RFC 9457).
 * @param {readonly string[]} headers header fields of every answer, as directives
 * @param {readonly string[]} uninspected turns the firewall off: it fails on what is no request
 * @returns {string[]} lines
 */
export function renderProblems(headers, uninspected) {
  return problems.flatMap(({ on, status, code, title, action }) => {
    const type = `https://portico.example/problems/${code.toLowerCase().replaceAll('_', '-')}`;
    const path = `/.edge/${code.toLowerCase().replaceAll('_', '-')}`;
    const body = JSON.stringify({ type, title, status, code, action, correlationId: '$edge_correlation_id' });
    return [
      // A location with a path: one with a name takes nothing of which not even the address could be read.
      `error_page ${on.join(' ')} =${status} ${path};`,
      `location = ${path} {`,
      '  internal;',
      ...[...uninspected, ...headers].map((line) => `  ${line}`),
      '  add_header Cache-Control no-store always;',
      '  add_header X-Correlation-Id $edge_correlation_id always;',
      ...(status === 503 ? ['  add_header Retry-After 1 always;'] : []),
      '  default_type application/problem+json;',
      `  return ${status} '${body}';`,
      '}',
    ];
  });
}
