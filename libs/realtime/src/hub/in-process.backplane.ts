import type { Awaitable } from '@portico/core';
import type { HubBackplane, HubNode } from './hub-backplane.js';
import type { HubCommand } from './hub-command.js';
import type { HubScope } from './hub-scope.js';

/** For a hub with one replica: what is published is done before `publish` returns. */
export class InProcessBackplane implements HubBackplane {
  readonly node = undefined;
  #members: HubNode | undefined;

  attach(members: HubNode): void {
    this.#members = members;
  }

  publish(scope: HubScope, command: HubCommand): Awaitable<void> {
    return this.#members?.apply(scope, command);
  }

  async request(connectionId: string, command: HubCommand): Promise<boolean> {
    const scope: HubScope = { kind: 'connection', id: connectionId };
    const there = this.#members?.has(scope) ?? false;
    await this.#members?.apply(scope, command);
    return there;
  }

  async has(scope: HubScope): Promise<boolean> {
    return this.#members?.has(scope) ?? false;
  }

  async invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    return this.#members?.invoke(connectionId, method, args, signal);
  }

  watch(): void {}

  unwatch(): void {}

  async close(): Promise<void> {}
}
