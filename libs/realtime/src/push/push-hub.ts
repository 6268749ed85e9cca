import { jsonText } from '../protocol/json-text.js';
import type { PushQuestion, PushRequester } from './push-request.js';

/** Some connections of a hub at the push service. Every method settles when the service has taken it, and throws as `PushRequester.ask` does. */
export interface PushTarget {
  /** Calls a method of each of these clients, and waits for none of them: who is not there misses it. */
  send(method: string, ...args: readonly unknown[]): Promise<void>;
  /**
   * Ends each of these connections; clients that reconnect by themselves may do so.
   * @param reason shown to the client
   */
  close(reason?: string): Promise<void>;
}

/** Connections of which can be asked whether there are any. */
export interface PushAudience extends PushTarget {
  exists(): Promise<boolean>;
}

/** One connection. */
export interface PushConnection extends PushAudience {
  /** Puts it into a group; false when it is not there. */
  join(group: string): Promise<boolean>;
  /** The same for leaving; without a group all of them, and then always true. */
  leave(group?: string): Promise<boolean>;
}

/** Every connection of a user. */
export interface PushUser extends PushAudience {
  /**
   * Puts those that are there now into a group, and those that come later.
   * @param ttlS for how long later ones join, in s; 0 for none; a year by default
   */
  join(group: string, ttlS?: number): Promise<void>;
  /** Takes them out, and the user with them; without a group, of all groups. */
  leave(group?: string): Promise<void>;
  isIn(group: string): Promise<boolean>;
}

/** A hub at the push service, as those see it who have something to tell its clients. */
export class PushHub {
  readonly all: PushTarget;
  readonly #name: string;
  readonly #requester: Pick<PushRequester, 'ask'>;

  constructor(name: string, requester: Pick<PushRequester, 'ask'>) {
    this.#name = name;
    this.#requester = requester;
    this.all = this.#target([]);
  }

  /** Everybody but these connections. */
  allExcept(connectionIds: Iterable<string>): PushTarget {
    return this.#target([], connectionIds);
  }

  group(name: string, except?: Iterable<string>): PushAudience {
    return this.#audience(['groups', name], except);
  }

  /** Every connection of a user; `except` counts for sends and closings. */
  user(id: string, except?: Iterable<string>): PushUser {
    const path = ['users', id];
    return {
      ...this.#audience(path, except),
      join: async (group, ttlS) => void (await this.#ask('PUT', [...path, 'groups', group], ttlS === undefined ? [] : [['ttl', String(ttlS)]])),
      leave: async (group) => void (await this.#ask('DELETE', [...path, 'groups', ...(group === undefined ? [] : [group])])),
      isIn: (group) => this.#ask('HEAD', [...path, 'groups', group]),
    };
  }

  connection(id: string): PushConnection {
    const path = ['connections', id];
    return {
      ...this.#audience(path),
      close: async (reason) => void (await this.#ask('DELETE', path, reasonOf(reason))),
      join: (group) => this.#ask('PUT', ['groups', group, ...path]),
      leave: (group) => this.#ask('DELETE', group === undefined ? [...path, 'groups'] : ['groups', group, ...path]),
    };
  }

  #audience(path: readonly string[], except?: Iterable<string>): PushAudience {
    return { ...this.#target(path, except), exists: () => this.#ask('HEAD', path) };
  }

  #target(path: readonly string[], except: Iterable<string> = []): PushTarget {
    const query = [...except].map((id) => ['excluded', id] as const);
    const post = (action: string, more: Pick<PushQuestion, 'query' | 'body'>): Promise<boolean> => this.#requester.ask({ method: 'POST', path: [this.#name, ...path], action, ...more });
    return {
      send: async (target, ...args) => void (await post('send', { query, body: jsonText({ target, arguments: args }) })),
      close: async (reason) => void (await post('closeConnections', { query: [...query, ...reasonOf(reason)] })),
    };
  }

  #ask(method: PushQuestion['method'], path: readonly string[], query: PushQuestion['query'] = []): Promise<boolean> {
    return this.#requester.ask({ method, path: [this.#name, ...path], query });
  }
}

function reasonOf(reason: string | undefined): readonly (readonly [string, string])[] {
  return reason === undefined ? [] : [['reason', reason]];
}
