/** Where a text stands in a request: a chain, for its name is needed only when something is found. */
export interface Spot {
  readonly parent?: Spot | undefined;
  readonly name: string | number;
}

/** What may be logged of a name that a client chose: one that could be a text is none. */
const plainName = /^[\w.$[\]-]{1,64}$/;

/** As in `body.lines[3].note`. Names that are not plain are written as `*`: what stands in a log must not be what was found. */
export function addressOf({ parent, name }: Spot): string {
  if (parent === undefined) return String(name);
  return typeof name === 'number' ? `${addressOf(parent)}[${name}]` : `${addressOf(parent)}.${plainName.test(name) ? name : '*'}`;
}
