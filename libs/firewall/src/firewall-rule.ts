/** Where texts of a request stand: segments of its path, parameters of its query, names of parameters and members, cookies, the user agent, other header fields, the body. */
export const places = ['path', 'query', 'names', 'cookies', 'agent', 'fields', 'body'] as const;

export type Place = (typeof places)[number];

/** How a rule looks at a text: by a pattern in RE2's syntax, or by libinjection's reading of SQL and HTML. */
export type RuleTest = RegExp | 'is_sqli' | 'is_xss';

/** What is looked for. Data: a rule has no code. */
export interface FirewallRule {
  /** In log lines and metrics; kept for good once it is there. */
  readonly id: string;
  readonly name: string;
  /** What it keeps away, and what it is careful to let pass. */
  readonly reason: string;
  readonly places: readonly Place[];
  readonly test: RuleTest;
  /** What is undone in a text before it is tested, in this order; the text as it came is not tested then. */
  readonly undo?: readonly ('url_decode' | 'html_entity_decode' | 'remove_nulls')[];
}
