/**
 * The two cookies of a web BFF (RFC 6265). That of the session is sent to this host alone and never from another site (SameSite=Strict); that of a login in progress must come back
 * from the identity provider's site (Lax), and does not live long. The prefix `__Host-` keeps others from setting them.
 */
export class SessionCookies {
  readonly sessionName: string;
  readonly transactionName: string;
  readonly #attributes: string;

  /** @param insecure for loopback without TLS: names without prefix, and no `Secure` */
  constructor(insecure = false) {
    const prefix = insecure ? '' : '__Host-';
    this.sessionName = `${prefix}portico`;
    this.transactionName = `${prefix}portico-tx`;
    this.#attributes = `; Path=/; HttpOnly${insecure ? '' : '; Secure'}`;
  }

  /** `Set-Cookie` of a session. It has no age: it ends with the browser, the session with its limits. */
  session(id: string): string {
    return `${this.sessionName}=${id}${this.#attributes}; SameSite=Strict`;
  }

  /** `Set-Cookie` that removes the session's. */
  noSession(): string {
    return `${this.session('')}; Max-Age=0`;
  }

  /** `Set-Cookie` of a login in progress that may take `limitMs`. */
  transaction(sealed: string, limitMs: number): string {
    return `${this.transactionName}=${sealed}${this.#attributes}; SameSite=Lax; Max-Age=${Math.floor(limitMs / 1_000)}`;
  }

  /** `Set-Cookie` that removes the login's. */
  noTransaction(): string {
    return this.transaction('', 0);
  }
}
