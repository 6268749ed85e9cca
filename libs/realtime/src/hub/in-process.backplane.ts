import type { HubBackplane, HubDelivery, HubRecords, HubScope } from './hub-backplane.js';

/** For a hub with one replica: what is published is delivered before `publish` returns. */
export class InProcessBackplane implements HubBackplane {
  #deliver: HubDelivery = () => {};

  attach(deliver: HubDelivery): void {
    this.#deliver = deliver;
  }

  publish(scope: HubScope, records: HubRecords): void {
    this.#deliver(scope, records);
  }
}
