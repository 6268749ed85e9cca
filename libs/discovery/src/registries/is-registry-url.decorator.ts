import { ValidateBy } from 'class-validator';

function fits(value: unknown): boolean {
  if (typeof value !== 'string' || !/^https?:\/\/[^/\\\s]/i.test(value) || !URL.canParse(value)) return false;
  const url = new URL(value);
  return url.username === '' && url.password === '' && !/[?#]/.test(value);
}

/** The address of a registry: http or https, perhaps with a path, without credentials, query and fragment. */
export function IsRegistryUrl({ each = false } = {}): PropertyDecorator {
  return ValidateBy(
    { name: 'isRegistryUrl', validator: { validate: fits, defaultMessage: () => 'must be an http or https address without credentials, query or fragment' } },
    { each },
  );
}
