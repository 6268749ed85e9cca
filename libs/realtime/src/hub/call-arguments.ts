import type { HubMethodDefinition } from './hub-definition.js';

/** The arguments of a call in the order of the method's parameters: those on the wire, and the client's streams, one for each parameter that is one, in their places between them. */
export function argumentsOf({ streamParameters }: HubMethodDefinition, given: readonly unknown[], streams: readonly unknown[]): readonly unknown[] {
  if (streams.length === 0) return given;
  const all = [...given];
  // Ascending, so that each place is the final one. The client's streams stand in the order of the parameters.
  const places = [...streamParameters].sort((a, b) => a - b);
  places.forEach((place, index) => {
    while (all.length < place) all.push(undefined);
    all.splice(place, 0, streams[index]);
  });
  return all;
}
