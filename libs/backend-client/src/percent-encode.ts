const loneSurrogate = /\p{Surrogate}/gu;

/** Percent-encodes text for a path segment or a query (RFC 3986). Half a surrogate pair becomes U+FFFD, as in `URLSearchParams`. */
export function percentEncode(text: string | number | boolean): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(String(text).replace(loneSurrogate, '\ufffd'));
  }
}
