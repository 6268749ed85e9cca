import { SetMetadata } from '@nestjs/common';
import type { ViewModel } from '@portico/view-model';
import type { HubEvent } from './hub-event.js';

const key = 'portico:hub-events';

/** Declares what a hub tells its clients, for whoever reads the OpenAPI document: `@HubEvents(priceTicks, orderProgress)`. */
export function HubEvents(...events: readonly HubEvent<ViewModel>[]): ClassDecorator {
  return SetMetadata(key, events);
}

/** The events that a hub declares. */
export function hubEventsOf(type: object): readonly HubEvent<ViewModel>[] {
  return (Reflect.getMetadata(key, type) ?? []) as readonly HubEvent<ViewModel>[];
}
