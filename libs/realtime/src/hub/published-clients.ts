import { CallRecords } from './call-records.js';
import type { HubBackplane } from './hub-backplane.js';
import type { HubAudience, HubClients, HubMember, HubTarget } from './hub-clients.js';
import type { HubCommand } from './hub-command.js';
import type { HubScope } from './hub-scope.js';

/** Reaches clients by way of the backplane. */
export class PublishedClients implements HubClients {
  readonly all: HubTarget;
  readonly #backplane: HubBackplane;

  constructor(backplane: HubBackplane) {
    this.#backplane = backplane;
    this.all = this.#target({ kind: 'all' });
  }

  allExcept(connectionIds: Iterable<string>): HubTarget {
    return this.#target({ kind: 'all', except: new Set(connectionIds) });
  }

  connection(id: string): HubMember {
    const scope: HubScope = { kind: 'connection', id };
    const request = (command: HubCommand): Promise<boolean> => this.#backplane.request(id, command);
    return {
      ...this.#target(scope),
      exists: () => this.#backplane.has(scope),
      join: (group) => request({ kind: 'join', group }),
      leave: (group) => request({ kind: 'leave', group }),
    };
  }

  group(name: string, except?: Iterable<string>): HubAudience {
    const scope: HubScope = { kind: 'group', name, except: except && new Set(except) };
    return { ...this.#target(scope), exists: () => this.#backplane.has(scope) };
  }

  user(id: string, except?: Iterable<string>): HubMember {
    const scope: HubScope = { kind: 'user', id, except: except && new Set(except) };
    const publish = async (command: HubCommand): Promise<true> => {
      await this.#backplane.publish(scope, command);
      return true;
    };
    return {
      ...this.#target(scope),
      exists: () => this.#backplane.has(scope),
      join: (group) => publish({ kind: 'join', group }),
      leave: (group) => publish({ kind: 'leave', group }),
    };
  }

  invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    return this.#backplane.invoke(connectionId, method, args, signal);
  }

  #target(scope: HubScope): HubTarget {
    return {
      send: (method, ...args) => void this.#backplane.publish(scope, { kind: 'send', records: new CallRecords(method, args) }),
      close: (reason) => void this.#backplane.publish(scope, { kind: 'close', reason }),
    };
  }
}
