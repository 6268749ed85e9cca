type Schema = Readonly<Record<string, unknown>>;

/** A schema as OpenAPI 3.0 spells it: its dialect has no `const`, no type `null` and no numbers as exclusive bounds. */
export function toOpenApiSchema(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(toOpenApiSchema);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { anyOf, const: only, exclusiveMinimum, exclusiveMaximum, not, ...rest } = schema as Schema;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) result[key] = key === 'enum' || key === 'default' || key === 'required' ? value : toOpenApiSchema(value);
  if (only !== undefined) result.enum = [only];
  if (typeof exclusiveMinimum === 'number') Object.assign(result, { minimum: exclusiveMinimum, exclusiveMinimum: true });
  if (typeof exclusiveMaximum === 'number') Object.assign(result, { maximum: exclusiveMaximum, exclusiveMaximum: true });
  if (not !== undefined && (not as Schema).type !== 'null') result.not = toOpenApiSchema(not);
  return Array.isArray(anyOf) ? { ...result, ...union(anyOf as Schema[]) } : result;
}

function union(branches: readonly Schema[]): Schema {
  const others = branches.filter((branch) => branch.type !== 'null');
  const nullable = others.length < branches.length ? { nullable: true } : {};
  if (others.length === 1) return { ...(toOpenApiSchema(others[0]) as Schema), ...nullable };
  const [first] = others;
  const values = others.map((branch) => branch.const);
  if (first && values.every((value) => value !== undefined) && others.every((branch) => branch.type === first.type)) return { type: first.type, enum: values, ...nullable };
  return { anyOf: others.map(toOpenApiSchema), ...nullable };
}
