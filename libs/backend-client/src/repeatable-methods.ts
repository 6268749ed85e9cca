/** Methods that may be sent twice without doing more than once (RFC 9110 9.2.2). */
export const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']);
