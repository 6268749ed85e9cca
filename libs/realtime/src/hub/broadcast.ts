import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import type { ConnectedClient } from './connected-client.js';
import type { HubRecords } from './hub-command.js';
import type { HubObserver } from './hub-observer.js';

interface ProtocolShare {
  readonly protocol: HubProtocol;
  readonly record: Payload;
  recipients: number;
}

/**
 * Gives a message to clients. Nothing is made for a recipient, and the observer is told of all of them together. One that is cut off meanwhile leaves what is walked through here,
 * which maps and sets allow.
 */
export function broadcast(clients: Iterable<ConnectedClient>, records: HubRecords, except: ReadonlySet<string> | undefined, observer: HubObserver | undefined): void {
  const shares: ProtocolShare[] = [];
  let share: ProtocolShare | undefined;
  for (const client of clients) {
    if (except?.has(client.id)) continue;
    if (share?.protocol !== client.protocol) share = shareOf(shares, client.protocol, records);
    client.deliver(share.record);
    share.recipients++;
  }
  if (observer) for (const { record, recipients } of shares) observer.messageSent(Buffer.byteLength(record), recipients);
}

function shareOf(shares: ProtocolShare[], protocol: HubProtocol, records: HubRecords): ProtocolShare {
  const found = shares.find((share) => share.protocol === protocol);
  if (found) return found;
  const share = { protocol, record: records.for(protocol), recipients: 0 };
  shares.push(share);
  return share;
}
