/** Whether a page of `origin`, as `https://shop.example`, asks the host from which it came itself; the scheme does not count, for TLS may end before this gateway. */
export function isSameHost(origin: string, host: string): boolean {
  const scheme = /^https?:\/\//.exec(origin)?.[0];
  if (scheme === undefined || !URL.canParse(origin)) return false;
  // Read as an address of the same scheme, so that a port which goes without saying is left out on both sides.
  const own = URL.canParse(scheme + host) ? new URL(scheme + host) : undefined;
  return own !== undefined && own.host === new URL(origin).host;
}

/** What is wrong with an entry of a list of origins; undefined when it is one: `*`, `null`, or exactly what browsers send. */
export function originFault(text: string): string | undefined {
  if (text === '*' || text === 'null') return undefined;
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@A-Z]+$/.test(text)) return `${JSON.stringify(text)} is no origin, as https://shop.example`;
  if (/^https?:/.test(text) && (!URL.canParse(text) || new URL(text).origin !== text)) return `${JSON.stringify(text)} is not written as browsers do`;
  return undefined;
}
