import type { Awaitable } from '@portico/core';
import { broadcast } from './broadcast.js';
import type { ConnectedClient } from './connected-client.js';
import type { HubBackplane, HubNode } from './hub-backplane.js';
import type { HubCommand } from './hub-command.js';
import type { HubObserver } from './hub-observer.js';
import type { HubScope } from './hub-scope.js';

/** The connections of a hub in this process: all, by user and by group. Users and groups without a connection leave nothing behind. */
export class HubMembers implements HubNode {
  readonly #backplane: Pick<HubBackplane, 'watch' | 'unwatch'>;
  readonly #observer: HubObserver | undefined;
  readonly #all = new Map<string, ConnectedClient>();
  readonly #users = new Map<string, Set<ConnectedClient>>();
  readonly #groups = new Map<string, Set<ConnectedClient>>();
  /** Which groups a connection has to leave at its end. */
  readonly #groupsOf = new Map<ConnectedClient, Set<string>>();

  /**
   * @param backplane told which users and groups have connections here
   * @param observer told what is sent to them
   */
  constructor(backplane: Pick<HubBackplane, 'watch' | 'unwatch'>, observer?: HubObserver) {
    this.#backplane = backplane;
    this.#observer = observer;
  }

  /** Number of what it holds: connections, users, groups and connections in groups. All are 0 when the last connection has gone. */
  get sizes(): readonly number[] {
    return [this.#all, this.#users, this.#groups, this.#groupsOf].map((map) => map.size);
  }

  /** Settles once what others send to its user reaches it. */
  add(client: ConnectedClient): Awaitable<void> {
    const { id: user, kind } = client.caller;
    this.#all.set(client.id, client);
    if (kind === 'anonymous') return undefined;
    put(this.#users, user, client);
    return this.#backplane.watch({ kind: 'user', id: user });
  }

  delete(client: ConnectedClient): void {
    const user = client.caller.id;
    this.#all.delete(client.id);
    if (take(this.#users, user, client)) this.#backplane.unwatch({ kind: 'user', id: user });
    this.#leaveAll(client);
  }

  /** Settles once what others send to the group reaches it. */
  join(client: ConnectedClient, group: string): Awaitable<void> {
    put(this.#groupsOf, client, group);
    put(this.#groups, group, client);
    return this.#backplane.watch({ kind: 'group', name: group });
  }

  leave(client: ConnectedClient, group: string): void {
    take(this.#groupsOf, client, group);
    if (take(this.#groups, group, client)) this.#backplane.unwatch({ kind: 'group', name: group });
  }

  apply(scope: HubScope, command: HubCommand): Awaitable<void> {
    const clients = this.#in(scope);
    const except = 'except' in scope ? scope.except : undefined;
    if (command.kind === 'send') return broadcast(clients, command.records, except, this.#observer);
    const done: Awaitable<void>[] = [];
    // All of them first: closing takes a client out of what is walked through.
    for (const client of [...clients].filter(({ id }) => !except?.has(id))) done.push(this.#do(client, command));
    return done.some((each) => each !== undefined) ? Promise.all(done).then(() => {}) : undefined;
  }

  has(scope: HubScope): boolean {
    for (const _ of this.#in(scope)) return true;
    return false;
  }

  async invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const client = this.#all.get(connectionId);
    if (!client) throw new Error(`The connection '${connectionId}' is not here.`);
    return client.invoke(method, args, signal);
  }

  #in(scope: HubScope): Iterable<ConnectedClient> {
    switch (scope.kind) {
      case 'all':
        return this.#all.values();
      case 'group':
        return this.#groups.get(scope.name) ?? [];
      case 'user':
        return this.#users.get(scope.id) ?? [];
      case 'connection': {
        const client = this.#all.get(scope.id);
        return client ? [client] : [];
      }
    }
  }

  #do(client: ConnectedClient, command: Exclude<HubCommand, { readonly kind: 'send' }>): Awaitable<void> {
    switch (command.kind) {
      case 'close':
        return client.close(command.reason, true);
      case 'join':
        return client.join(command.group);
      case 'leave':
        return command.group === undefined ? this.#leaveAll(client) : this.leave(client, command.group);
    }
  }

  #leaveAll(client: ConnectedClient): void {
    for (const group of [...(this.#groupsOf.get(client) ?? [])]) this.leave(client, group);
  }
}

function put<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

/** Whether it was the last under its key. */
function take<K, V>(sets: Map<K, Set<V>>, key: K, value: V): boolean {
  const set = sets.get(key);
  return (set?.delete(value) ?? false) && set?.size === 0 && sets.delete(key);
}
