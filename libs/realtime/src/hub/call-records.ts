import { messageType } from '../protocol/hub-message.js';
import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';
import type { HubRecords } from './hub-command.js';

/** A call of any number of clients, serialised once for each protocol that one of them speaks. */
export class CallRecords implements HubRecords {
  readonly #target: string;
  readonly #arguments: readonly unknown[];
  readonly #records = new Map<HubProtocol, Payload>();

  constructor(target: string, args: readonly unknown[]) {
    this.#target = target;
    this.#arguments = args;
  }

  for(protocol: HubProtocol): Payload {
    let record = this.#records.get(protocol);
    if (record === undefined) {
      record = protocol.write({ type: messageType.invocation, target: this.#target, arguments: this.#arguments });
      this.#records.set(protocol, record);
    }
    return record;
  }
}
