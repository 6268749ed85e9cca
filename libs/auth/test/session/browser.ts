import { isPorticoError, type PorticoError } from '@portico/core';
import type { SessionAnswer, SessionRequest } from '../../src/session/session-endpoint.js';
import type { WebSessionEndpoints } from '../../src/session/web-session-endpoints.js';
import type { LittleProvider } from './little-provider.js';

/** A browser with its cookies, in front of the endpoints. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #endpoints: WebSessionEndpoints;
  readonly #provider: LittleProvider;

  constructor(endpoints: WebSessionEndpoints, provider: LittleProvider) {
    this.#endpoints = endpoints;
    this.#provider = provider;
  }

  get cookieField(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** Asks an endpoint, and keeps the cookies that it sets, also those of an error. */
  async ask(url: string, over: Partial<SessionRequest> = {}): Promise<SessionAnswer> {
    const endpoint = this.#endpoints.byPath.get(url.replace(/\?.*$/, ''));
    if (!endpoint) throw new Error(`No endpoint at ${url}`);
    const cookie = this.cookies.size > 0 ? { cookie: this.cookieField } : {};
    try {
      const answer = await endpoint({ method: 'GET', url, secure: true, ...over, headers: { ...cookie, ...over.headers } });
      for (const [name, value] of answer.headers) if (name === 'set-cookie') this.#keep(value);
      return answer;
    } catch (error) {
      if (isPorticoError(error) && error.headers?.['set-cookie']) this.#keep(error.headers['set-cookie']);
      throw error;
    }
  }

  /** As the page's own code asks. */
  call(url: string): Promise<SessionAnswer> {
    return this.ask(url, { headers: { 'x-csrf': '1' } });
  }

  /** Logs in; returns the last answer of it. */
  async logIn(query = ''): Promise<SessionAnswer> {
    return this.follow(await this.ask(`/bff/login${query}`));
  }

  /** Lets the user answer at the provider, and comes back. */
  async follow(answer: SessionAnswer, error?: string): Promise<SessionAnswer> {
    const { pathname, search } = this.#provider.answerOf(location(answer), error);
    return this.ask(pathname + search);
  }

  #keep(text: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
    if (/Max-Age=0(?:;|$)/.test(text)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

export function header(answer: SessionAnswer, name: string): string | undefined {
  return answer.headers.find(([found]) => found === name)?.[1];
}

export function location(answer: SessionAnswer): string {
  return header(answer, 'location') ?? '';
}

/** The error that something is refused with. */
export async function refusal(attempt: Promise<unknown>): Promise<PorticoError> {
  try {
    await attempt;
  } catch (error) {
    if (isPorticoError(error)) return error;
    throw error;
  }
  throw new Error('It was not refused');
}
