import { PorticoError } from '@portico/core';
import { isLocalUrl } from './local-url.js';

/** Parameters of a request's query, none of which may stand twice. */
export class RequestQuery {
  readonly #parameters: URLSearchParams;

  /**
   * @param known names that may occur; any when it is missing
   * @throws PorticoError REQUEST_INVALID for other names
   */
  constructor(url: string, known?: readonly string[]) {
    this.#parameters = new URLSearchParams(RequestQuery.textOf(url));
    for (const name of this.#parameters.keys()) if (known && !known.includes(name)) throw invalid(name, 'is not known here');
  }

  /** The query of `url`, without the question mark. */
  static textOf(url: string): string {
    const start = url.indexOf('?');
    return start < 0 ? '' : url.slice(start + 1);
  }

  /**
   * Value of a parameter; undefined when it is missing.
   * @throws PorticoError REQUEST_INVALID when it stands twice
   */
  value(name: string): string | undefined {
    const values = this.#parameters.getAll(name);
    if (values.length > 1) throw invalid(name, 'must stand once');
    return values[0];
  }

  /**
   * Where to send the user afterwards, as given; `/` when it is missing.
   * @throws PorticoError REQUEST_INVALID when it is no local address
   */
  returnUrl(): string {
    const text = this.value('returnUrl') ?? '/';
    if (!isLocalUrl(text)) throw invalid('returnUrl', 'must be an address on this site, from its slash on');
    return text;
  }
}

/** 400 for a parameter of the query. */
export function invalid(name: string, message: string): PorticoError {
  return new PorticoError('REQUEST_INVALID', { headers: { 'cache-control': 'no-store' }, faults: [{ path: `query.${name}`, message }] });
}
