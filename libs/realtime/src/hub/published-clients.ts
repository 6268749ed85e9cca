import { CallRecords } from './call-records.js';
import type { HubBackplane, HubScope } from './hub-backplane.js';
import type { HubClients, HubTarget } from './hub-clients.js';
import type { HubMembers } from './hub-members.js';

/** Sends by way of the backplane. A result can be asked of connections of this process alone. */
export class PublishedClients implements HubClients {
  readonly all: HubTarget;

  constructor(
    private readonly backplane: HubBackplane,
    private readonly members: HubMembers,
  ) {
    this.all = this.#target({ kind: 'all' });
  }

  allExcept(connectionIds: Iterable<string>): HubTarget {
    return this.#target({ kind: 'all', except: new Set(connectionIds) });
  }

  connection(connectionId: string): HubTarget {
    return this.#target({ kind: 'connection', id: connectionId });
  }

  group(name: string, except?: Iterable<string>): HubTarget {
    return this.#target({ kind: 'group', name, except: except && new Set(except) });
  }

  user(userId: string): HubTarget {
    return this.#target({ kind: 'user', id: userId });
  }

  async invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const client = this.members.find(connectionId);
    if (!client) throw new Error(`The connection '${connectionId}' is not here.`);
    return client.invoke(method, args, signal);
  }

  #target(scope: HubScope): HubTarget {
    return { send: (method, ...args) => this.backplane.publish(scope, new CallRecords(method, args)) };
  }
}
