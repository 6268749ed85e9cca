/** A page that a gateway serves as it is, or a script or style of one. */
export interface Page {
  /** As in `/docs`: no parameters, no wildcards. */
  readonly path: string;
  /** As in `text/html; charset=utf-8`. */
  readonly type: string;
  readonly text: string;
  /** What a page may load (`content-security-policy`), as `pagePolicy` says it; scripts and styles need none. */
  readonly policy?: string;
}

/** What a page may load: the scripts and styles of its own gateway, and that gateway's answers. What it holds of a user has nowhere else to go. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
