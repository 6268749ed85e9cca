/** The part of JSON Schema that view models are written in. */
export interface SchemaNode {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  /** As OpenAPI 3.0 spells a value that may be null. */
  readonly nullable?: boolean;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly additionalProperties?: unknown;
  readonly patternProperties?: unknown;
}
