import type { Capture } from '@portico/routing';

/** What a match has caught, by name. */
export function captureValues(captures: readonly Capture[]): Record<string, string> {
  const values = Object.create(null) as Record<string, string>;
  for (const { name, value } of captures) values[name] = value;
  return values;
}
