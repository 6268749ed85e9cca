import type { HeaderList } from '@portico/core';
import { readCacheDirectives, type CacheDirectives } from './cache-directives.js';

/** What a client says about kept answers (RFC 9111 5.2.1, 5.4). */
export interface ClientWishes {
  /** Neither to look up nor to keep. */
  readonly noStore: boolean;
  /** Not to use a kept answer unless the service has said again that it holds. */
  readonly noCache: boolean;
  readonly onlyIfCached: boolean;
  /** All of them, for the library; undefined when there are none. */
  readonly directives: CacheDirectives | undefined;
}

/** Of a client that says nothing, or is not listened to. */
export const noWishes: ClientWishes = Object.freeze({ noStore: false, noCache: false, onlyIfCached: false, directives: undefined });

const pragmaNoCache: CacheDirectives = new Map([['no-cache', '']]);

/** Reads them from the header fields of a request; `Pragma: no-cache` counts where there is no `Cache-Control` (RFC 9111 5.4). */
export function clientWishes(headers: HeaderList): ClientWishes {
  const field = headers.get('cache-control');
  if (field === undefined && !headers.has('pragma')) return noWishes;
  const directives = field !== undefined ? readCacheDirectives(field) : headers.get('pragma')?.toLowerCase().includes('no-cache') ? pragmaNoCache : undefined;
  if (!directives || directives.size === 0) return noWishes;
  return { noStore: directives.has('no-store'), noCache: directives.has('no-cache'), onlyIfCached: directives.has('only-if-cached'), directives };
}
