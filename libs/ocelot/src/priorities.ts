/** What Ocelot ranks a route by. */
export interface Ranked {
  readonly hasHost: boolean;
  readonly priority: number;
}

/** A number for each of `routes`, the higher one first: a host before none, then Ocelot's priority, then the order of the list. */
export function priorities(routes: readonly Ranked[]): number[] {
  const order = routes.map((_, index) => index).sort((a, b) => compare(routes[a] as Ranked, routes[b] as Ranked) || a - b);
  const numbers = new Array<number>(routes.length).fill(0);
  for (const [rank, index] of order.entries()) numbers[index] = routes.length - rank;
  return numbers;
}

function compare(a: Ranked, b: Ranked): number {
  return Number(b.hasHost) - Number(a.hasHost) || b.priority - a.priority;
}
