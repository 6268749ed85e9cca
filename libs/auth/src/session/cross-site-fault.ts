type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * What speaks for it that a page of another site made a request with our cookie; undefined when nothing does. No such page can send `x-csrf: 1` without a preflight, and the
 * browser names its origin: SameSite alone would let pages of sibling domains through.
 * @param origins whose pages may call, as browsers write them
 */
export function crossSiteFault(headers: Headers, origins: ReadonlySet<string>): string | undefined {
  if (headers['x-csrf'] !== '1') return 'x-csrf is not 1';
  const origin = headers['origin'];
  if (origin !== undefined) return typeof origin === 'string' && origins.has(origin) ? undefined : 'The origin is foreign';
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' ? undefined : 'Sec-Fetch-Site names another site';
}
