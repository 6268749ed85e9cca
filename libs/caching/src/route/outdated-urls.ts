import type { HeaderList } from '@portico/core';

/**
 * Addresses of a service that an answer to a changing request makes outdated: its own, and those in `Location` and `Content-Location`
 * (RFC 9111 4.4) as far as they name no other host.
 */
export function outdatedUrls(path: string, query: string, headers: HeaderList): string[] {
  const own = query === '' ? path : `${path}?${query}`;
  const urls = [own];
  for (const name of ['location', 'content-location']) {
    const reference = headers.get(name);
    // The host by which the service calls itself is not known here.
    if (reference === undefined || !URL.canParse(reference, base + own)) continue;
    const { origin, pathname, search } = new URL(reference, base + own);
    if (origin === base) urls.push(pathname + search);
  }
  return urls;
}

const base = 'http://service.invalid';
