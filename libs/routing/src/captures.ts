/** What one placeholder caught. */
export interface Capture {
  readonly name: string;
  /** As it stood in the request; undefined for a rest that was left out together with the slash before it. */
  readonly raw: string | undefined;
  /** Decoded; empty for a rest that was left out. */
  readonly value: string;
  readonly from: 'path' | 'query' | 'header';
  /** Name of the parameter, where it comes from the query. */
  readonly parameter?: string;
}

/** Decodes a piece of a path; what cannot be decoded stays as it is. */
export function decodePath(raw: string): string {
  if (!raw.includes('%')) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}
