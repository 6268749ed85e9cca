import type { ChoiceType } from './config-class.js';
import { declare } from './declarations.js';

export interface ChoicesOptions {
  /** One sentence for the generated documentation. */
  readonly description: string;
  /** Whether the property is a list of choices. Default: false. */
  readonly list?: boolean;
  /** A word that may stand for a choice and is kept as it is, as `base`. */
  readonly marker?: string;
  /** Whether the property stays undefined where nothing is said about it. Default: false: it has an initialiser or must be set; a list is empty. */
  readonly optional?: boolean;
}

/**
 * Declares a property as one of several classes, chosen by its name: `balancer: { cookie-affinity: { cookie: x } }`. The bare name
 * stands for a choice whose class needs no setting. The value is a `Choice`, or the marker. Only for files.
 *
 * @param choices options by name: a configuration class, or the type of a setting, as `string{}`; asked when a file is read
 */
export function Choices(choices: () => Readonly<Record<string, ChoiceType>>, { description, list = false, marker, optional = false }: ChoicesOptions): PropertyDecorator {
  return (prototype, property) => {
    declare(prototype, { kind: 'choices', property: String(property), description, choices, list, marker, optional });
  };
}
