import type { ConnectedClient } from './connected-client.js';
import type { HubRecords, HubScope } from './hub-backplane.js';

/** The connections of a hub in this process: all, by user and by group. Users and groups without a connection leave nothing behind. */
export class HubMembers {
  readonly #all = new Map<string, ConnectedClient>();
  readonly #users = new Map<string, Set<ConnectedClient>>();
  readonly #groups = new Map<string, Set<ConnectedClient>>();
  /** Which groups a connection has to leave at its end. */
  readonly #groupsOf = new Map<ConnectedClient, Set<string>>();

  /** Number of what it holds: connections, users, groups and connections in groups. All are 0 when the last connection has gone. */
  get sizes(): readonly number[] {
    return [this.#all, this.#users, this.#groups, this.#groupsOf].map((map) => map.size);
  }

  find(connectionId: string): ConnectedClient | undefined {
    return this.#all.get(connectionId);
  }

  add(client: ConnectedClient): void {
    this.#all.set(client.id, client);
    if (client.caller.kind !== 'anonymous') put(this.#users, client.caller.id, client);
  }

  delete(client: ConnectedClient): void {
    this.#all.delete(client.id);
    take(this.#users, client.caller.id, client);
    for (const group of this.#groupsOf.get(client) ?? []) take(this.#groups, group, client);
    this.#groupsOf.delete(client);
  }

  join(client: ConnectedClient, group: string): void {
    put(this.#groups, group, client);
    put(this.#groupsOf, client, group);
  }

  leave(client: ConnectedClient, group: string): void {
    take(this.#groups, group, client);
    take(this.#groupsOf, client, group);
  }

  deliver(scope: HubScope, records: HubRecords): void {
    switch (scope.kind) {
      case 'all':
        return deliverTo(this.#all.values(), records, scope.except);
      case 'group':
        return deliverTo(this.#groups.get(scope.name) ?? [], records, scope.except);
      case 'user':
        return deliverTo(this.#users.get(scope.id) ?? [], records);
      case 'connection': {
        const client = this.#all.get(scope.id);
        client?.deliver(records.for(client.protocol));
      }
    }
  }
}

/** The path of a broadcast: nothing is made for a recipient. One that is cut off meanwhile leaves what is walked through here, which maps and sets allow. */
function deliverTo(clients: Iterable<ConnectedClient>, records: HubRecords, except?: ReadonlySet<string>): void {
  for (const client of clients) {
    if (!except?.has(client.id)) client.deliver(records.for(client.protocol));
  }
}

function put<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function take<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set?.delete(value) && set.size === 0) sets.delete(key);
}
