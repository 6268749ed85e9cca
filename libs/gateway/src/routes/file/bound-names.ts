import { placeholderNames, type CompiledRoute } from '@portico/routing';

/** Names that a match binds: of its path, its header fields and its parameters. */
export function boundNames({ template, conditions }: CompiledRoute<unknown>): string[] {
  return [...template.names, ...[...Object.values(conditions.headers), ...Object.values(conditions.query)].flatMap(namesIn)];
}

/** Names of the placeholders in a text; none in one that cannot be read, which is a fault of its own. */
export function namesIn(text: string): string[] {
  try {
    return placeholderNames(text);
  } catch {
    return [];
  }
}
