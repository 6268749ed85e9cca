import type { RequestContext } from '@portico/core';
import type { Affinity, CookieAttributes } from './affinity.js';

/** Reads the cookies of a request and sets cookies in its answer by way of its context. What one call of the request has set, the next one reads. */
export class ContextAffinity implements Affinity {
  readonly #context: RequestContext;

  constructor(context: RequestContext) {
    this.#context = context;
  }

  read(name: string): string | undefined {
    const written = this.#written(name);
    if (written) return written[1].slice(name.length + 1, written[1].indexOf(';'));
    const { cookie } = this.#context.headers;
    return cookie === undefined ? undefined : cookieValue(Array.isArray(cookie) ? cookie.join('; ') : cookie, name);
  }

  write(name: string, value: string, attributes: CookieAttributes): void {
    const field = setCookie(name, value, attributes);
    const written = this.#written(name);
    if (written) written[1] = field;
    else this.#context.setAnswerHeader('set-cookie', field);
  }

  #written(name: string): [string, string] | undefined {
    return this.#context.answerHeaders?.find(([field, value]) => field === 'set-cookie' && value.startsWith(`${name}=`));
  }
}

/** The first value of `name` in a `Cookie` field. */
function cookieValue(field: string, name: string): string | undefined {
  for (const pair of field.split(';')) {
    const equals = pair.indexOf('=');
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

function setCookie(name: string, value: string, { maxAgeMs, path, httpOnly, sameSite, secure }: CookieAttributes): string {
  const flags = `${httpOnly ? '; HttpOnly' : ''}${secure ? '; Secure' : ''}`;
  return `${name}=${value}; Max-Age=${Math.ceil(maxAgeMs / 1_000)}; Path=${path}; SameSite=${sameSite}${flags}`;
}
