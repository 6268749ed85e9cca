import { validateSync } from 'class-validator';

/**
 * An instance of an option class with `settings` in place of its defaults.
 * @throws RangeError that lists every setting that the class does not have or does not accept, after `title`
 */
export function checkedOptions<T extends object>(title: string, type: new () => T, settings: object = {}): T {
  const options = new type();
  const known = Object.keys(options);
  const faults = Object.keys(settings).flatMap((name) => (known.includes(name) ? [] : [`there is no ${name}`]));
  Object.assign(options, settings);
  const errors = validateSync(options, { forbidUnknownValues: false, validationError: { target: false, value: false } });
  for (const { constraints = {} } of errors) faults.push(...Object.values(constraints));
  if (faults.length > 0) throw new RangeError(`${title}: ${faults.join('; ')}.`);
  return options;
}
