import { Setting, type SettingOptions } from '@portico/config';
import { IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { declareRange, type Range } from './option-ranges.js';

export interface OptionOptions extends Pick<SettingOptions, 'description' | 'unit'> {
  readonly range: Range;
}

/** Declares a numeric option with its range: a setting where a configuration names it, checked alike where code does. */
export function Option({ description, unit, range }: OptionOptions): PropertyDecorator {
  const constraints = [range.whole ? IsInt() : IsNumber(), Min(range.min), Max(range.max), ...(range.optional ? [IsOptional()] : [])];
  return (prototype, property) => {
    declareRange(prototype, String(property), range);
    Setting({ description, type: 'number', ...(unit !== undefined && { unit }) })(prototype, property);
    for (const constraint of constraints) constraint(prototype, property as string);
  };
}
