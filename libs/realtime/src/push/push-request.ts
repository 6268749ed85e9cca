import { PorticoError, type Clock } from '@portico/core';
import type { PushAccess } from './connection-string.js';
import { signToken } from './sign-token.js';

/** Life of the token of one request, in s: it has to outlast clocks that differ. */
const tokenLifeS = 300;

const apiVersion = '2022-06-01';

export interface PushRequesterOptions extends PushAccess {
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/** What is asked of the push service. */
export interface PushQuestion {
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  /** Parts of the path after `/api/hubs`, as they are: they get escaped. */
  readonly path: readonly string[];
  /** What the last part of the path does, as `send`. */
  readonly action?: string;
  readonly query?: readonly (readonly [string, string])[];
  /** JSON. */
  readonly body?: string;
}

/** Asks the push service, each time with a token that is good for that address alone. */
export class PushRequester {
  readonly #options: PushRequesterOptions;

  constructor(options: PushRequesterOptions) {
    this.#options = options;
  }

  /**
   * Whether it says yes: false is 404.
   * @throws TypeError for a name that no address can have; PorticoError `SERVICE_TIMEOUT`, `SERVICE_UNAVAILABLE`, or `SERVICE_ANSWER_INVALID` for a refusal
   */
  async ask({ method, path, action, query = [], body }: PushQuestion): Promise<boolean> {
    const { endpoint, timeoutMs, ...key } = this.#options;
    const address = `${endpoint}/api/hubs/${path.map(escaped).join('/')}${action === undefined ? '' : `/:${action}`}`;
    const token = signToken({}, { ...key, audience: address, lifeS: tokenLifeS });
    const { status, text } = await answerOf(`${address}?${new URLSearchParams([['api-version', apiVersion], ...query.map(([name, value]): [string, string] => [name, value])])}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body }),
    });
    if (status < 300) return true;
    if (status === 404 && text === '') return false;
    const cause = new Error(`The push service answered ${status} to ${method} ${address}: ${text.slice(0, 500)}`);
    throw new PorticoError(status === 429 || status >= 500 ? 'SERVICE_UNAVAILABLE' : 'SERVICE_ANSWER_INVALID', { cause });
  }
}

// Whatever is done to dots, addresses take them for a step up (RFC 3986 5.2.4).
function escaped(part: string): string {
  if (/^\.{0,2}$/.test(part)) throw new TypeError(`${JSON.stringify(part)} cannot be named in an address`);
  return encodeURIComponent(part);
}

async function answerOf(address: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const answer = await fetch(address, init);
    return { status: answer.status, text: await answer.text() };
  } catch (cause) {
    throw new PorticoError((cause as Error).name === 'TimeoutError' ? 'SERVICE_TIMEOUT' : 'SERVICE_UNAVAILABLE', { cause });
  }
}
