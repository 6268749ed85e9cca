/** How a call to an instance ended. */
export interface InstanceOutcome {
  /** Whether the instance did well; undefined when the call says nothing about it, as when the client left. */
  readonly ok: boolean | undefined;
  readonly durationMs: number;
  /** Whether no connection to it could be opened; false by default. */
  readonly unreachable?: boolean;
}
