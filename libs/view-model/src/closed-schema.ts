import type { SchemaNode } from './schema-node.js';

const scalars = new Set(['string', 'number', 'integer', 'boolean', 'null']);

/**
 * Lists, by path, every place where a schema lets something through that it does not name.
 * An allow-list with one open place is none, so a view model with any is refused at start.
 */
export function openPlaces(node: SchemaNode, path = '$'): string[] {
  if (node.anyOf) return node.anyOf.flatMap((branch) => openPlaces(branch, path));
  if (node.const !== undefined || node.enum) return [];
  if (node.type === 'object') {
    const open = [];
    if (!node.properties) open.push(`${path}: an object must name its properties`);
    if (node.additionalProperties) open.push(`${path}: additionalProperties lets unnamed fields out`);
    if (node.patternProperties) open.push(`${path}: patternProperties lets unnamed fields out`);
    return [...open, ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => openPlaces(child, `${path}.${key}`))];
  }
  if (node.type === 'array') return node.items ? openPlaces(node.items, `${path}[]`) : [`${path}: an array must say what its items are`];
  return node.type !== undefined && scalars.has(node.type) ? [] : [`${path}: a field must have a type`];
}
