import type { ErrorCode } from '@portico/core';
import type { PartDefinition } from '../aggregates/aggregate-definition.js';
import { BodyTemplate } from '../aggregates/body-template.js';
import { FieldPicker } from '../aggregates/field-picker.js';
import { JsonPath, parseJsonPath } from '../aggregates/json-path.js';
import { parsePartPath, type ValueSource } from '../aggregates/value-source.js';
import { namesIn } from './bound-names.js';
import type { PartConfig } from './part.config.js';

/**
 * What a file says of a part as it is compiled.
 * @throws TypeError for a path that leads into no part, or for `with` to several values
 */
export function partDefinition(name: string, part: PartConfig): PartDefinition {
  const { route, required, anyStatus, body, each, join } = part;
  const values = new Map(Object.entries(part.with).map(([key, text]) => [key, valueSource(text)]));
  const when = part.when === '' ? undefined : parsePartPath(part.when);
  const eachPath = each && parsePartPath(each.values);
  const joinPath = join && parsePartPath(join.ids);
  const send = part.send === undefined ? undefined : new BodyTemplate(part.send);
  const read = [...values.values(), when, eachPath, joinPath].flatMap((source) => (source && 'part' in source ? [source.part] : []));
  return {
    name,
    key: part.as || name,
    route,
    required,
    after: [...new Set([...part.after, ...read, ...(send?.parts ?? [])])],
    share: part.share,
    when,
    fallback: part.default,
    anyStatus,
    refusals: new Map(Object.entries(part.refusals).map(([status, code]) => [Number(status), code as ErrorCode])),
    body,
    send,
    pick: part.pick && new FieldPicker(part.pick),
    values,
    each: each && eachPath && { values: eachPath, parameter: each.parameter, unwrapsOne: each.single === 'object', maxCalls: each.maxCalls },
    join: join && joinPath && { ...join, ids: joinPath, key: itemPath(join.key), items: join.items === '' ? undefined : parseJsonPath(join.items) },
  };
}

function valueSource(text: string): ValueSource {
  if (!text.startsWith('$')) return { write: (values) => text.replace(/\{([^{}*]+)\}/g, (_, name: string) => values[name] ?? ''), names: namesIn(text) };
  const path = parsePartPath(text);
  if (path.path.many) throw new TypeError(`"${text}" may find several values, and one is needed: see each and join`);
  return path;
}

function itemPath(text: string): JsonPath {
  return text.startsWith('$') ? parseJsonPath(text) : new JsonPath([{ name: text }]);
}
