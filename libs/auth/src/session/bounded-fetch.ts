import type { Clock } from '@portico/core';
import type { CustomFetch } from 'openid-client';

/** How this gateway reaches the identity provider: `fetch` of the platform, or what stands in for it. */
export type ProviderFetch = (url: string, init: { method: string; headers: Record<string, string>; body?: unknown; redirect: 'manual'; signal: AbortSignal }) => Promise<Response>;

/** The provider did not answer, not in time, too much, or that it cannot now. */
export class ProviderUnreachable extends Error {
  override readonly name = 'ProviderUnreachable';
}

const maxAnswerBytes = 1_048_576;
const tooManyRequests = 429;

/**
 * Makes `fetch` end: the whole answer, body included, is there within `timeoutMs` of `clock` and is no longer than 1 MiB, or it rejects with `ProviderUnreachable`.
 * So does an answer of 429 or 5xx, whatever it says.
 */
export function boundedFetch(fetch: ProviderFetch, clock: Clock, timeoutMs: number): CustomFetch {
  return async (url, options) => {
    const aborter = new AbortController();
    const timer = clock.schedule(() => aborter.abort(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
    const { method, headers, body, redirect } = options;
    try {
      const answer = await fetch(url, { method, headers, redirect, signal: aborter.signal, ...(body === undefined || body === null ? {} : { body }) });
      const bytes = await wholeBody(answer);
      if (answer.status >= 500 || answer.status === tooManyRequests) throw new Error(`It answered ${answer.status}`);
      return new Response(bytes.length > 0 ? bytes : null, { status: answer.status, headers: answer.headers });
    } catch (cause) {
      throw new ProviderUnreachable('The identity provider does not serve', { cause });
    } finally {
      timer.cancel();
    }
  };
}

async function wholeBody(answer: Response): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    length += chunk.length;
    if (length > maxAnswerBytes) throw new Error(`Its answer is longer than ${maxAnswerBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
