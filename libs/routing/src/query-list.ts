/** One parameter of a query, as it was sent. */
export interface QueryParameter {
  /** The whole text between two ampersands. */
  readonly text: string;
  /** Decoded name. */
  readonly name: string;
  /** Value as sent, percent-encoded; empty when there is none. */
  readonly rawValue: string;
}

/** The parameters of a query (without its question mark) in order; nothing is lost, neither repeated nor empty ones. */
export function parseQuery(query: string): QueryParameter[] {
  if (query === '') return [];
  return query.split('&').map((text) => {
    const equals = text.indexOf('=');
    return { text, name: decodeQuery(equals < 0 ? text : text.slice(0, equals)), rawValue: equals < 0 ? '' : text.slice(equals + 1) };
  });
}

/** Decodes a name or value of a query; what cannot be decoded stays as it is. */
export function decodeQuery(text: string): string {
  if (!/[%+]/.test(text)) return text;
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
