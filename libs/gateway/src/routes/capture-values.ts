import type { Capture } from '@portico/routing';

/** Makes objects that inherit nothing, as `Object.create(null)` does, of which V8 makes a hash table each: that costs as much as finding the route. */
const Values = function () {} as unknown as new () => Record<string, string>;
Values.prototype = Object.create(null) as object;

/** What a match has caught, by name. */
export function captureValues(captures: readonly Capture[]): Record<string, string> {
  const values = new Values();
  for (const { name, value } of captures) values[name] = value;
  return values;
}
