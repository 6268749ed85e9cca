interface Node {
  readonly [key: string]: unknown;
}

const typeNames = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object']);
const schemaWords = new Set([
  'type', 'properties', 'required', 'items', 'enum', 'default', 'description', 'format', 'nullable', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'minLength', 'maxLength',
  'pattern', 'minItems', 'maxItems', 'uniqueItems', 'multipleOf', 'anyOf', 'allOf', 'oneOf', 'not', 'additionalProperties', 'title', 'example', 'deprecated', '$ref',
]);

/** Every breach of OpenAPI 3.0.3 in a document, as far as a gateway can write one: by place. */
export function openApiFaults(document: Node): string[] {
  const faults: string[] = [];
  const fail = (at: string, what: string): void => void faults.push(`${at}: ${what}`);
  if (!/^3\.0\.\d$/.test(String(document.openapi))) fail('openapi', 'is not 3.0');
  const { schemas = {}, securitySchemes = {} } = document.components as { schemas?: Record<string, Node>; securitySchemes?: Record<string, Node> };

  const schema = (node: Node, at: string): void => {
    if (typeof node.$ref === 'string') {
      const name = /^#\/components\/schemas\/([\w.-]+)$/.exec(node.$ref)?.[1];
      if (!name || !schemas[name]) fail(at, `refers to ${node.$ref}`);
      if (Object.keys(node).length > 1) fail(at, 'says more than its reference');
      return;
    }
    for (const key of Object.keys(node)) if (!schemaWords.has(key)) fail(at, `has ${key}`);
    if (node.type !== undefined && !typeNames.has(String(node.type))) fail(at, `has the type ${JSON.stringify(node.type)}`);
    if (node.type === 'array' && !node.items) fail(at, 'does not say what its items are');
    if (Array.isArray(node.required) && (node.required.length === 0 || node.required.some((name) => !(node.properties as Node)[String(name)]))) fail(at, 'requires what it does not have');
    for (const key of ['exclusiveMinimum', 'exclusiveMaximum', 'nullable', 'uniqueItems']) if (node[key] !== undefined && typeof node[key] !== 'boolean') fail(at, `${key} is no boolean`);
    for (const [name, child] of Object.entries((node.properties ?? {}) as Record<string, Node>)) schema(child, `${at}.${name}`);
    if (node.items) schema(node.items as Node, `${at}[]`);
    for (const key of ['anyOf', 'allOf', 'oneOf']) for (const child of (node[key] ?? []) as Node[]) schema(child, `${at}|${key}`);
  };

  for (const [name, node] of Object.entries(schemas)) schema(node, name);
  const ids = new Set<string>();
  for (const [path, methods] of Object.entries(document.paths as Record<string, Record<string, Node>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      const at = `${method} ${path}`;
      if (ids.has(String(operation.operationId))) fail(at, 'has the id of another');
      ids.add(String(operation.operationId));
      const parameters = (operation.parameters ?? []) as Node[];
      const placeholders = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      if (JSON.stringify(inPath.map((parameter) => parameter.name).sort()) !== JSON.stringify(placeholders.sort())) fail(at, 'has other path parameters than its path');
      if (inPath.some((parameter) => parameter.required !== true)) fail(at, 'has a path parameter that is not required');
      for (const parameter of parameters) schema(parameter.schema as Node, `${at} ${String(parameter.name)}`);
      const body = operation.requestBody as { content: Record<string, { schema: Node }> } | undefined;
      for (const { schema: node } of Object.values(body?.content ?? {})) schema(node, `${at} body`);
      for (const [status, response] of Object.entries(operation.responses as Record<string, { description?: string; content?: Record<string, { schema: Node }> }>)) {
        if (!/^([1-5]\d\d|default)$/.test(status) || typeof response.description !== 'string') fail(at, `has a response ${status}`);
        for (const { schema: node } of Object.values(response.content ?? {})) schema(node, `${at} ${status}`);
      }
      for (const requirement of operation.security as Record<string, string[]>[]) {
        for (const [name, scopes] of Object.entries(requirement)) {
          const type = securitySchemes[name]?.type;
          if (!type) fail(at, `wants ${name}, which is no security scheme`);
          if (scopes.length > 0 && type !== 'oauth2' && type !== 'openIdConnect') fail(at, `lists scopes for a scheme of type ${String(type)}`);
        }
      }
    }
  }
  return faults;
}
