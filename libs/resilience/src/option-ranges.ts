/** What values an option may have. */
export interface Range {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  /** The one value allowed besides numbers. */
  readonly or?: string;
  /** Whether it may be undefined. */
  readonly optional?: boolean;
}

const declared = new WeakMap<object, Map<string, Range>>();

/** Notes the range of an option of the class whose prototype is given. */
export function declareRange(prototype: object, name: string, range: Range): void {
  const ranges = declared.get(prototype) ?? new Map<string, Range>();
  declared.set(prototype, ranges.set(name, range));
}

/** Whole numbers from `min` to `max`. */
export const whole = (min: number, max: number): Range => ({ min, max, whole: true });

/** Any number from `min` to `max`. */
export const between = (min: number, max: number): Range => ({ min, max, whole: false });

/** One sentence per option of `options` that is out of the range that its class declares; `section` begins its path. */
export function outOfRange(section: string, options: object): string[] {
  const faults: string[] = [];
  for (const [name, range] of declared.get(Object.getPrototypeOf(options) as object) ?? []) {
    const value: unknown = options[name as keyof typeof options];
    if ((range.optional && value === undefined) || (range.or !== undefined && value === range.or)) continue;
    const fits = typeof value === 'number' && value >= range.min && value <= range.max && (!range.whole || Number.isInteger(value));
    if (!fits) faults.push(`${section}.${name} must be a ${range.whole ? 'whole ' : ''}number from ${range.min} to ${range.max}, is ${String(value)}`);
  }
  return faults;
}
