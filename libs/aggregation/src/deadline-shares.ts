/** Part of the deadline kept back, so that a partial answer still leaves in time. */
export const reservedFraction = 0.15;

/** What the sharing needs to know of a part. */
export interface Shared {
  readonly name: string;
  readonly after: readonly number[];
  readonly share: number | undefined;
}

/**
 * The moment by which each part is due, as a fraction of the deadline. A part that asks for no share gets an even one of
 * what its longest chain leaves. Time that an earlier part does not use falls to the later ones: due times are moments.
 *
 * @param parts in an order in which every part stands after those it needs
 * @throws Error when the shares along a chain exceed the deadline
 */
export function dueFractions(parts: readonly Shared[]): number[] {
  const sharesBehind: number[] = parts.map(() => 0);
  const openFrom: number[] = parts.map((part) => (part.share === undefined ? 1 : 0));
  for (let index = parts.length - 1; index >= 0; index--) {
    const part = parts[index] as Shared;
    for (const before of part.after) {
      sharesBehind[before] = Math.max(sharesBehind[before] as number, (sharesBehind[index] as number) + (part.share ?? 0));
      const own = (parts[before] as Shared).share === undefined ? 1 : 0;
      openFrom[before] = Math.max(openFrom[before] as number, own + (openFrom[index] as number));
    }
  }
  const ends: number[] = [];
  parts.forEach((part, index) => {
    const start = Math.max(0, ...part.after.map((before) => ends[before] as number));
    const left = 1 - start - (sharesBehind[index] as number);
    const share = part.share ?? left / (openFrom[index] as number);
    if (share <= 0 || start + share > 1 + 1e-9) throw new Error(`The part ${part.name} gets no time: the shares along its chain of parts take more than the whole deadline`);
    ends.push(start + share);
  });
  return ends.map((end) => Math.min(end, 1) * (1 - reservedFraction));
}
