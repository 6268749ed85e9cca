import { HeaderList, type RequestContext } from '@portico/core';
import { clientChain, plainAddress } from './client-chain.js';
import { fieldsNamedBy, takesTrailers, withoutFields } from './field-treatment.js';
import { forwardedFor, forwardedFrom, writeForwarded } from './forwarded-field.js';
import { ForwardingRules } from './forwarding-rules.js';

/** Who stands at the other end of the connection on which a request came. */
export interface Peer {
  /** Address of the connection's other end, which is the client or the last proxy. */
  readonly address: string;
  /** Whether it is a proxy that is believed. */
  readonly trusted: boolean;
  /** Scheme of this connection. */
  readonly scheme: 'http' | 'https';
}

/** What a trusted proxy says of the client. */
interface Received {
  for: string | undefined;
  proto: string | undefined;
  host: string | undefined;
  forwarded: string | undefined;
}

const defaultRules = new ForwardingRules();
const nothingReceived: Readonly<Received> = Object.freeze({ for: undefined, proto: undefined, host: undefined, forwarded: undefined });

/**
 * The header fields that a request brings to a service, in their order, repeated ones included. Left out are those of the connection, what only this gateway may
 * say, and Host, which the forwarder writes. X-Forwarded-For, -Proto, -Host and Forwarded are written anew: a trusted proxy's are continued, a stranger's never believed.
 * @param incoming names and values in turn, as Node's `rawHeaders`
 */
export function forwardedHeaders(context: RequestContext, incoming: readonly string[], peer: Peer, rules: ForwardingRules = defaultRules): HeaderList {
  const kept: string[] = [];
  let received: Received | undefined;
  let connection: string | undefined;
  let trailers = false;
  let chunked = false;
  for (let index = 0; index + 1 < incoming.length; index += 2) {
    const { name, treatment } = rules.treat(incoming[index] as string);
    const value = incoming[index + 1] as string;
    if (treatment === 'keep') kept.push(name, value);
    else if (treatment === 'connection') connection = joined(connection, value);
    else if (treatment === 'te') trailers ||= takesTrailers(value);
    else if (treatment === 'transfer-encoding') chunked = true;
    else if (treatment === 'client' && peer.trusted && !note((received ??= { ...nothingReceived }), name, value)) kept.push(name, value);
  }
  const gone = connection === undefined ? undefined : fieldsNamedBy(connection);
  const fields = HeaderList.of(gone ? withoutFields(kept, gone) : kept);
  if (chunked) fields.delete('content-length');
  if (trailers) fields.append('te', 'trailers');
  addClient(fields, context, peer, received ?? nothingReceived, rules);
  return fields;
}

function addClient(fields: HeaderList, context: RequestContext, peer: Peer, received: Readonly<Received>, rules: ForwardingRules): void {
  const proto = received.proto ?? peer.scheme;
  const host = received.host ?? context.header('host') ?? '';
  const chain = received.for === undefined ? undefined : clientChain(received.for, context.address, peer.address);
  if (rules.xForwarded) {
    fields.append('x-forwarded-for', chain ? chain.join(', ') : plainAddress(peer.address));
    fields.append('x-forwarded-proto', proto);
    if (host !== '') fields.append('x-forwarded-host', host);
  }
  if (!rules.forwarded) return;
  // Without X-Forwarded-For nothing tells where the client's own invention ends: the proxy vouches for the whole field.
  const continued = received.forwarded === undefined ? undefined : chain ? forwardedFrom(received.forwarded, context.address) : received.forwarded;
  fields.append('forwarded', continued === undefined ? writeForwarded(chain ?? [plainAddress(peer.address)], { host, proto }) : `${continued}, ${forwardedFor(plainAddress(peer.address))}`);
}

/** Notes what is written anew; false for a field that is passed on as it is. */
function note(received: Received, name: string, value: string): boolean {
  switch (name) {
    case 'x-forwarded-for':
      received.for = joined(received.for, value);
      return true;
    case 'x-forwarded-proto':
      received.proto = value;
      return true;
    case 'x-forwarded-host':
      received.host = value;
      return true;
    case 'forwarded':
      received.forwarded = joined(received.forwarded, value);
      return true;
    default:
      return false;
  }
}

function joined(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`;
}
