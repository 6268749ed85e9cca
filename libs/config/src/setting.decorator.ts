import 'reflect-metadata';
import { declare } from './declarations.js';

/** Type of a value. `string{}` and `string[]{}` are maps of texts and of lists of texts; they can only come from code or a file. */
export type SettingType = 'string' | 'number' | 'boolean' | 'string[]' | 'number[]' | 'string{}' | 'string[]{}';

export interface SettingOptions {
  /** One sentence for the generated documentation. */
  readonly description: string;
  /** Unit of the value, as `ms` or `bytes`. */
  readonly unit?: string;
  /** Name of the environment variable, instead of the one derived from the path. Not for classes used in a `SectionMap`. */
  readonly env?: string;
  /**
   * Never shown in faults or documentation; may also be read from the file that `<NAME>_FILE` names, or that `{ file: path }` names
   * in a configuration file. Default: false.
   */
  readonly secret?: boolean;
  /** Only where it follows neither from the property's type nor from its default; always for maps. */
  readonly type?: SettingType;
}

/**
 * Declares a property of a configuration class as a setting. Its initialiser is the default, its class-validator
 * decorators are its constraints. Without a default it must be set, unless it is `@IsOptional()`.
 */
export function Setting(options: SettingOptions): PropertyDecorator {
  return (prototype, property) => {
    const emitted: unknown = Reflect.getMetadata('design:type', prototype, property);
    declare(prototype, { kind: 'setting', property: String(property), options, emitted });
  };
}
