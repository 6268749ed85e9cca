/** One row of the error table. */
export interface ErrorRow {
  /** HTTP status of the answer (RFC 9110). */
  readonly status: number;
  /** Short summary, the same for every occurrence (RFC 9457 `title`). */
  readonly title: string;
  /** What whoever reads it should do. */
  readonly action: string;
}

/** Every error that a Portico gateway answers with. `docs/errors.md` is generated from it. */
export const errorTable = {
  REQUEST_INVALID: { status: 400, title: 'The request is not valid', action: 'Correct every fault listed in `faults` and send it again.' },
  REQUEST_MALFORMED: { status: 400, title: 'The request cannot be read', action: 'Send a well-formed URL, headers and body.' },
  UPGRADE_REFUSED: { status: 400, title: 'The connection is not upgraded', action: 'Open a WebSocket only where one is offered, as RFC 6455 says.' },
  LOGIN_REFUSED: { status: 400, title: 'The login cannot be completed', action: 'Begin the login again at /bff/login.' },
  LOGOUT_REFUSED: { status: 400, title: 'The logout is not accepted', action: 'Use the logout address that /bff/user names.' },
  TOKEN_MISSING: { status: 401, title: 'A credential is needed', action: 'Sign in, or send an access token in the Authorization header.' },
  TOKEN_INVALID: { status: 401, title: 'The access token is not accepted', action: 'Obtain a new access token for this gateway.' },
  API_KEY_MISSING: { status: 401, title: 'An API key is needed', action: 'Send the API key of your application in the header field for it.' },
  API_KEY_INVALID: { status: 401, title: 'The API key is not accepted', action: 'Send a key that is valid now, in the header field for it and nowhere else.' },
  SESSION_MISSING: { status: 401, title: 'There is no session', action: 'Log in at /bff/login, then try again.' },
  SCOPE_INSUFFICIENT: { status: 403, title: 'The token lacks a scope', action: 'Ask for a token with the scopes named in the WWW-Authenticate header.' },
  OPERATION_FORBIDDEN: { status: 403, title: 'This operation is closed', action: 'Declare scopes on the operation, or mark it public.' },
  CLAIM_INSUFFICIENT: { status: 403, title: 'The token lacks a claim', action: 'Ask whoever issues your tokens for the right that this address needs.' },
  ADDRESS_FORBIDDEN: { status: 403, title: 'Your address is not served here', action: 'Call from a network that this address is open to.' },
  ORIGIN_FORBIDDEN: { status: 403, title: 'Pages of this origin are not served here', action: 'Ask whoever runs this gateway to allow the origin of your page.' },
  CSRF_REFUSED: { status: 403, title: 'The request may come from another site', action: 'Send it from a page of this site, with the header `x-csrf: 1`.' },
  FIREWALL_REFUSED: { status: 403, title: 'The firewall refused the request', action: 'Send it without what looks like an attack; report the correlation id if nothing does.' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this address', action: 'Check method and path against /openapi.json.' },
  RESOURCE_NOT_FOUND: { status: 404, title: 'The resource does not exist', action: 'Check the id.' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'The method is not allowed here', action: 'Use one of the methods in the Allow header.' },
  STATE_CONFLICT: { status: 409, title: 'The state of the resource forbids this', action: 'Read the resource again, then decide anew.' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large', action: 'Send a smaller body.' },
  URL_TOO_LONG: { status: 414, title: 'The address is too long', action: 'Shorten the path parameter or the query.' },
  CONTENT_TYPE_UNSUPPORTED: { status: 415, title: 'The content type is not supported', action: 'Send application/json in UTF-8.' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive', action: 'Send the whole request without pausing.' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The header fields are too large', action: 'Send fewer or shorter header fields.' },
  LIMIT_EXCEEDED: { status: 429, title: 'Too many requests', action: 'Wait as long as Retry-After says, then try again.' },
  CLIENT_CLOSED: { status: 499, title: 'The client went away', action: 'Nothing: nobody is left to read the answer.' },
  INTERNAL: { status: 500, title: 'The gateway failed', action: 'Report the correlation id to the team that owns this gateway.' },
  VIEW_MODEL_BYPASSED: { status: 500, title: 'The answer has no view model', action: 'Return an object that the declared view model can shape.' },
  VIEW_MODEL_MISMATCH: { status: 500, title: 'The answer does not fit its view model', action: 'Make the aggregate produce what the view model declares.' },
  SERVICE_ANSWER_INVALID: { status: 502, title: 'A needed service answered wrongly', action: 'Try again later; the service has to be repaired.' },
  SERVICE_UNAVAILABLE: { status: 503, title: 'A needed service is not available', action: 'Wait as long as Retry-After says, then try again.' },
  GATEWAY_STOPPING: { status: 503, title: 'This instance is stopping', action: 'Send the request again; another instance takes it.' },
  AUTHORITY_UNAVAILABLE: { status: 503, title: 'The token issuer is not available', action: 'Try again later; tokens cannot be verified now.' },
  SESSIONS_UNAVAILABLE: { status: 503, title: 'Sessions are not available', action: 'Try again later; nobody can be recognised now.' },
  ANSWER_NOT_KEPT: { status: 504, title: 'No answer is kept', action: 'Ask again without only-if-cached.' },
  SERVICE_TIMEOUT: { status: 504, title: 'A needed service did not answer in time', action: 'Try again; allow more time if the deadline was short.' },
} as const satisfies Record<string, ErrorRow>;

/** Name of a row of the error table. */
export type ErrorCode = keyof typeof errorTable;
