// Quotation mark, backslash, control characters, lone surrogates: what JSON wants escaped (RFC 8259 7).
// eslint-disable-next-line no-control-regex
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

/** A text as JSON. */
export function writeText(text: string): string {
  return escaped.test(text) ? JSON.stringify(text) : `"${text}"`;
}
