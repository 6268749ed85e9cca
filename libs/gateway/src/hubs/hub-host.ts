import type { Duplex } from 'node:stream';
import type { Clock, RequestContext } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import { HubEndpoint, HubServer, HubTickets, queryOf, ticketOf, type HubBackplane, type HubConnection } from '@portico/realtime';
import type { GatewayRequest } from '../accept/gateway-request.js';
import type { GatewayConfig } from '../gateway.config.js';
import { InputPipe } from '../input/input.pipe.js';
import type { Binding } from '../operations/binding.js';
import { connectedCaller, type ConnectedCaller } from './connected-caller.js';
import type { DeclaredHub } from './declared-hub.js';
import type { HubCallers } from './hub-callers.js';
import { hubMethod } from './hub-invocation.js';
import { HubOrigins } from './hub-origins.js';
import { hubProtocols } from './hub-protocols.js';
import { InvocationContexts } from './invocation-contexts.js';

export interface HubHostOptions {
  readonly config: GatewayConfig;
  readonly callers: HubCallers;
  readonly clock: Clock;
  readonly telemetry: PorticoTelemetry;
  /** What joins its replicas; ends with it. */
  readonly backplane: HubBackplane;
  /** Compiles the pipeline of an endpoint. */
  readonly bind: (endpoint: DeclaredHub['endpoint']) => Binding;
}

/** One hub of a gateway: its methods behind the pipeline, its connections, and their tickets. */
export class HubHost {
  readonly declared: DeclaredHub;
  readonly hub: HubServer;
  readonly endpoint: HubEndpoint;
  readonly origins: HubOrigins;
  /** Whether clients may skip the negotiation. Not with cookie sessions: any page may open a WebSocket, cookies and all, and only the negotiation wants a field that no other site's page can set. */
  readonly takesDirect: boolean;
  readonly #callers: HubCallers;
  readonly #tickets = new HubTickets();
  readonly #backplane: HubBackplane;

  constructor(declared: DeclaredHub, { config, callers, clock, telemetry, backplane, bind }: HubHostOptions) {
    const { name, instance, methods } = declared;
    const dependencies = { contexts: new InvocationContexts(clock, telemetry), pipe: new InputPipe() };
    const onError = (error: unknown): void => telemetry.logger.warn({ hub: name, reason: error instanceof Error ? error.message : String(error) }, 'A hub failed');
    const definition = {
      name,
      methods: methods.map((method) => hubMethod(method, instance, bind(method.endpoint), dependencies)),
      connected: async (connection: HubConnection) => {
        callers.watch.add(connection);
        await instance.connected?.(connection);
      },
      disconnected: async (connection: HubConnection, error: Error | undefined) => void (await instance.disconnected?.(connection, error)),
    };
    this.declared = declared;
    this.#callers = callers;
    this.#backplane = backplane;
    this.takesDirect = !('session' in config);
    this.origins = new HubOrigins(config);
    this.hub = new HubServer(definition, config.hubs, { clock, protocols: hubProtocols, backplane, onError, observer: telemetry.hub(name) });
    this.endpoint = new HubEndpoint(config.hubs, {
      clock,
      open: this.hub.open,
      node: backplane.node,
      admit: (request, { token, caller }) => {
        const ticket = ticketOf(request);
        if (ticket === undefined || !this.#tickets.isGood(ticket, token)) return 401;
        return callers.isElses(request, caller as ConnectedCaller) ? 403 : undefined;
      },
    });
  }

  /** Answers a negotiation that the pipeline let in: with the connection's ticket beside what the protocol says. */
  negotiate(context: RequestContext): { readonly status: number; readonly text: string } {
    const { status, body, connection } = this.endpoint.negotiate(queryOf(context), this.#callerOf(context));
    return { status, text: JSON.stringify(connection ? { ...body, accessToken: this.#tickets.of(connection.token) } : body) };
  }

  /** Opens a connection without negotiation for a handshake that the pipeline let in. */
  accept({ raw, gatewayContext: context }: GatewayRequest, socket: Duplex, fields: readonly string[]): void {
    this.endpoint.accept(raw, socket, Buffer.alloc(0), this.#callerOf(context), fields);
  }

  /** Ends every connection, in a way that clients come back from by themselves. */
  async close(): Promise<void> {
    this.endpoint.stop();
    await this.hub.close();
    await this.#backplane.close();
  }

  #callerOf(context: RequestContext): ConnectedCaller {
    return connectedCaller(context, this.#callers.cookieOf(context));
  }
}
