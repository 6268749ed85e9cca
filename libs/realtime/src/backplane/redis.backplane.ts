import { randomBytes } from 'node:crypto';
import type { Awaitable, Clock } from '@portico/core';
import type { RedisConnection } from '@portico/redis';
import type { HubBackplane, HubNode } from '../hub/hub-backplane.js';
import type { HubCommand } from '../hub/hub-command.js';
import type { HubScope, WatchedScope } from '../hub/hub-scope.js';
import { InProcessBackplane } from '../hub/in-process.backplane.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import { readBackplaneMessage, writeBackplaneMessage, type BackplaneMessage, type ClientQuestion } from './backplane-message.js';
import { NodeRequests, type NodeAnswer } from './node-requests.js';
import { WatchedChannels } from './watched-channels.js';

export interface RedisBackplaneOptions {
  /** Name of the hub. */
  readonly hub: string;
  /** Name of this replica, no other's: letters, digits, `-` and `_`. Random by default. */
  readonly node?: string | undefined;
  readonly clock: Clock;
  /** Those that replicas speak. */
  readonly protocols: readonly HubProtocol[];
  /** Longest wait for what another replica does at once, in ms; 5,000 by default. */
  readonly requestTimeoutMs?: number;
  /** Told what goes wrong with messages. Must not throw. */
  readonly onError: (error: unknown) => void;
}

/**
 * Replicas of a hub, by Redis' publish and subscribe. Each listens to a channel for everybody, one for its own connections, and those of users and groups that have connections here. Nothing is
 * stored: while Redis is away, what is sent reaches the connections of this process alone.
 */
export class RedisBackplane implements HubBackplane {
  readonly node: string;
  readonly #redis: RedisConnection;
  readonly #options: RedisBackplaneOptions;
  readonly #requests: NodeRequests;
  readonly #watched: WatchedChannels;
  /** What concerns connections of this process. */
  readonly #here = new InProcessBackplane();
  #closed = false;

  private constructor(redis: RedisConnection, options: RedisBackplaneOptions) {
    this.node = options.node || randomBytes(6).toString('base64url');
    this.#redis = redis;
    this.#options = options;
    this.#requests = new NodeRequests(options.clock, options.requestTimeoutMs ?? 5_000);
    this.#watched = new WatchedChannels(redis, options.clock, (bytes) => this.#hear(bytes));
  }

  /** Listens for the others. Settles once it does. */
  static async open(redis: RedisConnection, options: RedisBackplaneOptions): Promise<RedisBackplane> {
    const backplane = new RedisBackplane(redis, options);
    await Promise.all([backplane.#watched.watch(backplane.#channel('all')), backplane.#watched.watch(backplane.#channel('node', backplane.node))]);
    return backplane;
  }

  attach(members: HubNode): void {
    this.#here.attach(members);
  }

  publish(scope: HubScope, command: HubCommand): Awaitable<void> {
    if (scope.kind === 'connection') {
      const node = nodeOf(scope.id);
      if (node === this.node) return this.#here.publish(scope, command);
      return void this.#tell(this.#channel('node', node), { kind: 'publish', from: this.node, scope, command });
    }
    const done = this.#here.publish(scope, command);
    void this.#tell(this.#channelOf(scope), { kind: 'publish', from: this.node, scope, command });
    return done;
  }

  async request(connectionId: string, command: HubCommand): Promise<boolean> {
    return nodeOf(connectionId) === this.node ? this.#here.request(connectionId, command) : (await this.#ask(connectionId, { command })).there;
  }

  async has(scope: WatchedScope | Extract<HubScope, { readonly kind: 'connection' }>): Promise<boolean> {
    if (await this.#here.has(scope)) return true;
    if (scope.kind === 'connection') return nodeOf(scope.id) !== this.node && (await this.#ask(scope.id, {})).there;
    // Replicas listen for those alone that they have.
    return (await this.#redis.listeners(this.#channelOf(scope))) > 0;
  }

  async invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    if (nodeOf(connectionId) === this.node) return this.#here.invoke(connectionId, method, args, signal);
    const { there, error, result } = await this.#ask(connectionId, { question: { method, arguments: args } }, signal);
    if (!there) throw new Error(`The connection '${connectionId}' is not here.`);
    if (error !== undefined) throw new Error(error);
    return result;
  }

  watch(scope: WatchedScope): Awaitable<void> {
    return this.#watched.watch(this.#channelOf(scope));
  }

  unwatch(scope: WatchedScope): void {
    if (!this.#closed) this.#watched.unwatch(this.#channelOf(scope));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#requests.close();
    this.#watched.close();
  }

  #ask(connectionId: string, asked: { command?: HubCommand; question?: ClientQuestion }, signal?: AbortSignal): Promise<NodeAnswer> {
    const channel = this.#channel('node', nodeOf(connectionId));
    return this.#requests.ask({
      send: async (id) => (await this.#send(channel, { kind: 'request', from: this.node, id, connectionId, ...asked })) > 0,
      isThere: async () => (await this.#redis.listeners(channel)) > 0,
      waits: asked.question !== undefined,
      signal,
    });
  }

  #hear(bytes: Buffer): void {
    try {
      const message = readBackplaneMessage(bytes);
      if (message.kind === 'answer') this.#requests.settle(message.id, message);
      else if (message.kind === 'request') void this.#answer(message);
      else if (message.from !== this.node) void Promise.resolve(this.#here.publish(message.scope, message.command)).catch(this.#options.onError);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async #answer({ from, id, connectionId, command, question }: Extract<BackplaneMessage, { kind: 'request' }>): Promise<void> {
    const there = await this.#here.has({ kind: 'connection', id: connectionId });
    let answer: NodeAnswer = { there };
    try {
      if (there && command) await this.#here.request(connectionId, command);
      if (there && question) answer = { there, result: await this.#here.invoke(connectionId, question.method, question.arguments) };
    } catch (error) {
      answer = { there, error: (error as Error).message };
    }
    await this.#tell(this.#channel('node', from), { kind: 'answer', id, ...answer });
  }

  /** Does without an answer: that Redis is away is told elsewhere. Throws at once what serialising throws. */
  #tell(channel: string, message: BackplaneMessage): Promise<unknown> {
    return this.#send(channel, message).catch(() => 0);
  }

  #send(channel: string, message: BackplaneMessage): Promise<number> {
    return this.#redis.publish(channel, writeBackplaneMessage(message, this.#options.protocols));
  }

  #channelOf(scope: Exclude<HubScope, { readonly kind: 'connection' }>): string {
    return scope.kind === 'all' ? this.#channel('all') : this.#channel(scope.kind, scope.kind === 'group' ? scope.name : scope.id);
  }

  #channel(...parts: readonly string[]): string {
    return ['hub', this.#options.hub, ...parts].join(':');
  }
}

/** The replica of a connection; empty where its id names none. */
function nodeOf(connectionId: string): string {
  return connectionId.slice(0, Math.max(0, connectionId.lastIndexOf('.')));
}
