/** What is looked at of a request. */
export interface FirewallRequest {
  /** Path of the target as it came, without the query. */
  readonly path: string;
  /** Parameters of the query, decoded; a repeated one has a list. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Header fields, names in lower case. Those that carry credentials are passed over, cookies are not. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parsed body; undefined where there is none, or where it is passed on unread. */
  readonly body?: unknown;
}

/** A rule that a request met. */
export interface Finding {
  /** Id of the rule, or `too-many-texts`. */
  readonly rule: string;
  /** Where the text stands, as in `query.q`, `body.lines[3].note`, `headers.user-agent`; never the text. */
  readonly where: string;
}
