/** Some connections of a hub, on whichever replica they are. */
export interface HubTarget {
  /** Calls a method of each of these clients, and waits for nothing: who is not there any more misses it. The arguments are serialised once for each protocol. */
  send(method: string, ...args: readonly unknown[]): void;
}

/** To whom a hub can send. */
export interface HubClients {
  readonly all: HubTarget;
  /** Everybody but these connections. */
  allExcept(connectionIds: Iterable<string>): HubTarget;
  connection(connectionId: string): HubTarget;
  group(name: string, except?: Iterable<string>): HubTarget;
  /** Every connection of a user, by the caller's id. */
  user(userId: string): HubTarget;
  /**
   * Calls a method of one client and waits for its result.
   * @throws Error when the client answers with an error, is not connected or leaves before it answers
   */
  invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
}
