const longest = 1_024;

/** Path of a request target without query, fragment and authority, at most 1,024 characters: what may be logged of it. */
export function requestPath(url: string): string {
  let start = 0;
  if (url.charCodeAt(0) !== 47) {
    // The absolute form of RFC 9112, 3.2.2, may carry a password before the host.
    const scheme = url.indexOf('://');
    start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    if (start < 0) return '/';
  }
  let end = start;
  const last = Math.min(url.length, start + longest);
  for (; end < last; end++) {
    const character = url.charCodeAt(end);
    if (character === 63 || character === 35) break;
  }
  return start === 0 && end === url.length ? url : url.slice(start, end);
}
