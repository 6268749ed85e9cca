import { ForwardedHubError, type HubCall, type HubConnection, type HubMethodDefinition } from '@portico/realtime';
import { callBody, callType, resultOf } from './call-body.js';
import { eventHeaders } from './event-headers.js';
import type { EventName, EventRoutes } from './event-routes.js';
import type { Webhook, WebhookAnswer } from './webhook.js';

export interface ClientEventsDeps {
  readonly routes: EventRoutes;
  readonly webhook: Webhook;
  readonly accessKeys: readonly string[];
  /** Told of events that a service has not taken. */
  readonly onRefused: (name: EventName, status: number) => void;
}

/** Of a call that is under way the end has to wait. */
const callKey = 'push.call';

const ok = new Set([200, 204]);

/** Brings what clients do to services: events of one connection one after the other, those of others beside them. */
export class ClientEvents {
  readonly #deps: ClientEventsDeps;

  constructor(deps: ClientEventsDeps) {
    this.#deps = deps;
  }

  /** Settles once the service has heard of it, or cannot. */
  async connected(hub: string, connection: HubConnection): Promise<void> {
    await this.#post({ hub, category: 'connections', event: 'connected' }, connection, { type: 10 });
  }

  /** As `connected`, after the last call. */
  async disconnected(hub: string, connection: HubConnection, error: Error | undefined): Promise<void> {
    await connection.items.get(callKey);
    await this.#post({ hub, category: 'connections', event: 'disconnected' }, connection, { type: 11, error: error?.message });
  }

  /** The method of that name: a service answers its calls. */
  method(hub: string, target: string): HubMethodDefinition {
    return { name: target, streams: false, streamParameters: [], invoke: (call) => this.#call({ hub, category: 'messages', event: target }, call) };
  }

  async #call(name: EventName, call: HubCall): Promise<unknown> {
    const { connection, id } = call;
    const address = this.#deps.routes.addressOf(name);
    if (address === undefined) {
      if (id === undefined) return undefined;
      throw new ForwardedHubError('Invocation failed, no service hears it.');
    }
    const headers = { ...eventHeaders(name, connection, this.#deps.accessKeys), 'content-type': callType(connection.protocol) };
    const asked = this.#ask(name, address, headers, callBody(name.event, call));
    connection.items.set(callKey, asked);
    return resultOf(await asked, call);
  }

  async #post(name: EventName, connection: HubConnection, body: object): Promise<void> {
    const address = this.#deps.routes.addressOf(name);
    if (address === undefined) return;
    await this.#ask(name, address, { ...eventHeaders(name, connection, this.#deps.accessKeys), 'content-type': 'application/json' }, JSON.stringify(body));
  }

  async #ask(name: EventName, address: string, headers: Readonly<Record<string, string>>, body: string | Uint8Array<ArrayBuffer>): Promise<WebhookAnswer> {
    const answer = await this.#deps.webhook.post(address, headers, body);
    if (!ok.has(answer.status)) this.#deps.onRefused(name, answer.status);
    return answer;
  }
}
