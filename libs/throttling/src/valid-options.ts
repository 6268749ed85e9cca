import { validateSync } from 'class-validator';

/**
 * The options that a decorator was given, held to the rules of their class.
 * @throws TypeError that names every fault
 */
export function validOptions<T extends object>(type: new () => T, given: Partial<T>): T {
  const options = Object.assign(new type(), given);
  const faults = validateSync(options, { forbidUnknownValues: false }).flatMap((error) => Object.values(error.constraints ?? {}).map((message) => `${error.property}: ${message}`));
  if (faults.length > 0) throw new TypeError(`${type.name}: ${faults.join('; ')}`);
  return options;
}
