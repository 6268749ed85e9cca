/** A token for a service, as it is kept. Times are ms since the Unix epoch. */
export interface ServiceToken {
  /** Value of the `Authorization` field. */
  readonly authorization: string;
  /** From when on it is replaced. */
  readonly refreshAtMs: number;
  readonly endsAtMs: number;
}
