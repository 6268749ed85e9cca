/** An answer as a browser got it. */
export interface BrowserAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** `Set-Cookie` fields. */
  readonly setCookies: readonly string[];
  /** Where a redirect leads. */
  readonly location: URL | undefined;
}

/** What is asked for; a `GET` unless there is a form. */
export interface BrowserRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/**
 * A browser in front of servers that it knows by other names: cookies by origin, and redirects followed when it is told to. It keeps from a server what a browser would: a cookie with
 * `SameSite=Strict` is not sent when another site led here.
 */
export class TestBrowser {
  /** All answers, the latest at the end. */
  readonly seen: BrowserAnswer[] = [];
  readonly #servers: Readonly<Record<string, string>>;
  readonly #cookies = new Map<string, Map<string, { readonly value: string; readonly strict: boolean }>>();

  /** @param servers where a public origin is really served; others are where they say. An https origin is served as by a proxy that ends TLS. */
  constructor(servers: Readonly<Record<string, string>> = {}) {
    this.#servers = servers;
  }

  /** The value of a cookie that is kept for an origin. */
  cookie(origin: string, name: string): string | undefined {
    return this.#cookies.get(origin)?.get(name)?.value;
  }

  /** Puts a cookie where it was, or was not. */
  setCookie(origin: string, name: string, value: string): void {
    this.#jar(origin).set(name, { value, strict: true });
  }

  /** Asks, and follows no redirect. */
  async ask(url: URL | string, { headers = {}, form }: BrowserRequest = {}, from?: string): Promise<BrowserAnswer> {
    const { origin, protocol, pathname, search } = new URL(url);
    const response = await fetch(`${this.#servers[origin] ?? origin}${pathname}${search}`, {
      redirect: 'manual',
      headers: { ...(protocol === 'https:' && { 'x-forwarded-proto': 'https' }), ...this.#cookieField(origin, from !== undefined && from !== origin), ...headers },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    const setCookies = response.headers.getSetCookie();
    for (const line of setCookies) this.#keep(origin, line);
    const target = response.headers.get('location');
    const answer: BrowserAnswer = {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      setCookies,
      location: target === null ? undefined : new URL(target, `${origin}${pathname}`),
    };
    this.seen.push(answer);
    return answer;
  }

  /** Asks, and follows redirects until a page, or until one leads to an address that begins with `until`, which is then not asked for. */
  async visit(url: URL | string, request?: BrowserRequest, until?: string): Promise<BrowserAnswer> {
    let from = new URL(url).origin;
    let answer = await this.ask(url, request);
    while (answer.location && !(until !== undefined && answer.location.href.startsWith(until))) {
      const next = answer.location;
      answer = await this.ask(next, {}, from);
      from = next.origin;
    }
    return answer;
  }

  #cookieField(origin: string, crossSite: boolean): Record<string, string> {
    const sent = [...this.#jar(origin)].filter(([, { strict }]) => !(strict && crossSite));
    return sent.length === 0 ? {} : { cookie: sent.map(([name, { value }]) => `${name}=${value}`).join('; ') };
  }

  #keep(origin: string, line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '' || /; ?max-age=0(?:;|$)/i.test(line)) this.#jar(origin).delete(name);
    else this.#jar(origin).set(name, { value, strict: /; ?samesite=strict/i.test(line) });
  }

  #jar(origin: string): Map<string, { readonly value: string; readonly strict: boolean }> {
    const found = this.#cookies.get(origin) ?? new Map<string, { readonly value: string; readonly strict: boolean }>();
    this.#cookies.set(origin, found);
    return found;
  }
}
