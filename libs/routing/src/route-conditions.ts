/** When a route is taken. */
export interface RouteConditions {
  /** Template, as `/orders/{id}` or `/files/{path*}`. */
  readonly path: string;
  /** Upper-case methods; empty: all. */
  readonly methods: readonly string[];
  /** Host that the client names, any case; its port counts only where one is given. Empty: any. */
  readonly host: string;
  /** Templates for whole values of header fields, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** Templates for whole values of parameters, by name; an empty one takes any value. */
  readonly query: Readonly<Record<string, string>>;
  /** Whether the literals of the path are compared as they are; values of header fields and parameters likewise. */
  readonly caseSensitive: boolean;
  /** Whether a path ending in `/` and the same one without are both taken. */
  readonly trailingSlash: 'exact' | 'optional';
  /** The higher one is tried first. */
  readonly priority: number;
}

/** What routes look at of a request. */
export interface RouteRequest {
  readonly method: string;
  /** Path by `requestPath`. */
  readonly path: string;
  /** Without its question mark; empty when there is none. */
  readonly query: string;
  /** The client's Host; undefined when it sent none. */
  readonly host: string | undefined;
  /** Value of a header field by its lower-case name, those of a repeated one joined by a comma. */
  header(name: string): string | undefined;
}
