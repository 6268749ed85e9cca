import { eventSignature, type HubConnection } from '@portico/realtime';
import type { PushCaller } from '../clients/push-caller.js';
import { wellFormed, type EventName } from './event-routes.js';

/** What this app says to itself in a token; nobody's business. */
const ownClaim = /^asrs\./;

/** Header fields by which a service knows of what and of whom an event is, and that it comes from here. What a field cannot carry is escaped as in an address. */
export function eventHeaders({ hub, category, event }: EventName, connection: HubConnection, accessKeys: readonly string[]): Record<string, string> {
  const { id, claims, query } = connection.caller as PushCaller;
  const shownClaims = Object.entries(claims)
    .filter(([name]) => !ownClaim.test(name))
    .flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${typeof each === 'object' ? JSON.stringify(each) : String(each)}`));
  const fields: Record<string, string> = {
    'X-ASRS-Connection-Id': connection.id,
    'X-ASRS-Hub': hub,
    'X-ASRS-Category': category,
    'X-ASRS-Event': event,
    'X-ASRS-Client-Query': query,
    'X-ASRS-User-Claims': shownClaims.join(', '),
    'X-ASRS-Signature': eventSignature(connection.id, accessKeys),
    ...(id !== '' && { 'X-ASRS-User-Id': id }),
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, fieldValue(value)]));
}

function fieldValue(text: string): string {
  return wellFormed(text).replace(/[^\x20-\x7e]/gu, encodeURIComponent);
}
