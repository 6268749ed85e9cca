/** One address of a service. */
export interface Instance {
  /** Stable name among the instances of its service, for logs and metrics. */
  readonly id: string;
  /** Scheme, host and port, as `http://127.0.0.1:4001`. */
  readonly origin: string;
  /** Share of the calls in proportion to the other instances; 1 unless something else is said. Greater than 0. */
  readonly weight: number;
  /** Path that stands before that of every call, as `/Shop/Catalog`; begins with a slash and does not end with one. Absent: none. */
  readonly pathPrefix?: string;
}
