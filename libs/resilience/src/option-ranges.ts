/** What values an option may have. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** The one value allowed besides numbers. */
  readonly or?: string | undefined;
}

/** The allowed range of every numeric option of `Options`. */
export type Ranges<Options> = { readonly [Name in keyof Options]?: Range };

/** Whole numbers from `min` to `max`. */
export const whole = (min: number, max: number): Range => ({ min, max, whole: true });

/** Any number from `min` to `max`. */
export const between = (min: number, max: number): Range => ({ min, max, whole: false });

/** One sentence per option of `options` that is out of its range; `section` begins its path. */
export function outOfRange<Options extends object>(section: string, options: Options, ranges: Ranges<Options>): string[] {
  const faults: string[] = [];
  for (const [name, range] of Object.entries(ranges) as [string, Range][]) {
    const value: unknown = options[name as keyof Options];
    if ('or' in range && value === range.or) continue;
    const fits = typeof value === 'number' && value >= range.min && value <= range.max && (!range.whole || Number.isInteger(value));
    if (!fits) faults.push(`${section}.${name} must be a ${range.whole ? 'whole ' : ''}number from ${range.min} to ${range.max}, is ${String(value)}`);
  }
  return faults;
}
