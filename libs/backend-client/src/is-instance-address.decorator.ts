import { staticInstances } from '@portico/discovery';
import { ValidateBy } from 'class-validator';

function faultOf(address: unknown): string | undefined {
  try {
    staticInstances([String(address)]);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Static instances: \[0\] /, '');
  }
}

/** Holds every address of a configured list to what discovery accepts: an http or https origin, perhaps with a weight. */
export function IsInstanceAddress(): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isInstanceAddress',
      validator: { validate: (value) => faultOf(value) === undefined, defaultMessage: (at) => [at?.value].flat().map(faultOf).find(Boolean) ?? 'is no instance address' },
    },
    { each: true },
  );
}
