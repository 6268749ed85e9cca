import type { HubTarget } from '@portico/realtime';
import type { ViewModel, ViewOf } from '@portico/view-model';

/** Something that a hub tells its clients, trimmed by a view model as every answer is. */
export class HubEvent<V extends ViewModel> {
  /** The method of the client that is called. */
  readonly name: string;
  readonly view: V;

  constructor(name: string, view: V) {
    view.compile();
    this.name = name;
    this.view = view;
  }

  /**
   * Sends it; what the view model does not name stays here.
   * @throws PorticoError VIEW_MODEL_MISMATCH for a missing or unfit field
   */
  send(target: HubTarget, value: ViewOf<V>): void {
    target.send(this.name, JSON.parse(this.view.write(value)));
  }
}

/** Declares an event of a hub: `defineHubEvent('orderProgress', OrderProgressView)`. */
export function defineHubEvent<V extends ViewModel>(name: string, view: V): HubEvent<V> {
  return new HubEvent(name, view);
}
