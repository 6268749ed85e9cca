/** Some connections of a hub, on whichever replica they are. */
export interface HubTarget {
  /** Calls a method of each of these clients, and waits for nothing: who is not there any more misses it. The arguments are serialised once for each protocol. */
  send(method: string, ...args: readonly unknown[]): void;
  /**
   * Ends each of these connections; clients that reconnect by themselves may do so.
   * @param reason shown to the client
   */
  close(reason?: string): void;
}

/** Connections of which can be asked whether there are any. */
export interface HubAudience extends HubTarget {
  exists(): Promise<boolean>;
}

/** One connection, or all of a user. */
export interface HubMember extends HubAudience {
  /**
   * Puts those that are there now into a group. Of one connection it is done everywhere when this settles; of a user's, on this replica.
   * @returns false when it is one connection and not there
   */
  join(group: string): Promise<boolean>;
  /** The same for leaving; without a group, all groups. */
  leave(group?: string): Promise<boolean>;
}

/** To whom a hub can send. */
export interface HubClients {
  readonly all: HubTarget;
  /** Everybody but these connections. */
  allExcept(connectionIds: Iterable<string>): HubTarget;
  connection(connectionId: string): HubMember;
  group(name: string, except?: Iterable<string>): HubAudience;
  /** Every connection of a user, by the caller's id, but these. */
  user(userId: string, except?: Iterable<string>): HubMember;
  /**
   * Calls a method of one client and waits for its result.
   * @throws Error when the client answers with an error, is not connected or leaves before it answers
   */
  invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
}
