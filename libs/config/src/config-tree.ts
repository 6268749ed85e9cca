import type { ConfigClass } from './config-class.js';
import { copyValue } from './copy-value.js';
import { declarationsOf, type SectionDeclaration, type SectionMapDeclaration, type SettingDeclaration } from './declarations.js';
import { environmentName, upperSnake } from './environment-name.js';
import { settingType } from './setting-value.js';
import type { SettingType } from './setting.decorator.js';

/** One setting of a configuration being built. */
export interface Slot {
  readonly section: SectionNode;
  readonly declaration: SettingDeclaration;
  readonly type: SettingType;
  readonly path: string;
  readonly env: string;
}

/** One section of a configuration being built: an instance of its class and what belongs to it. */
export interface SectionNode {
  readonly kind: 'section';
  readonly type: ConfigClass;
  /** Undefined for the root and for the entries of a map. */
  readonly declaration: SectionDeclaration | undefined;
  readonly instance: Record<string, unknown>;
  readonly segments: readonly string[];
  readonly slots: Map<string, Slot>;
  readonly children: Map<string, SectionNode | MapNode>;
}

/** Sections by name. */
export interface MapNode {
  readonly kind: 'section-map';
  readonly declaration: SectionMapDeclaration;
  readonly record: Record<string, unknown>;
  readonly segments: readonly string[];
  readonly entries: Map<string, SectionNode>;
}

const entryName = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*$/;

/** Builds the tree of a configuration from its defaults. `initial` are the values of the initialiser around it. */
export function buildSection(type: ConfigClass, prefix: string, segments: readonly string[] = [], initial?: object, around?: SectionDeclaration): SectionNode {
  const instance = new type() as Record<string, unknown>;
  const node: SectionNode = { kind: 'section', type, declaration: around, instance, segments, slots: new Map(), children: new Map() };
  for (const declaration of declarationsOf(type)) {
    const { property } = declaration;
    const path = [...segments, property];
    const given = (initial as Record<string, unknown> | undefined)?.[property] ?? instance[property];
    if (declaration.kind === 'setting') {
      instance[property] = copyValue(given);
      const env = declaration.options.env ?? environmentName(prefix, path);
      node.slots.set(property, { section: node, declaration, type: settingType(declaration, given), path: path.join('.'), env });
    } else if (declaration.kind === 'section') {
      if (declaration.optional && given === undefined) continue;
      const child = buildSection(declaration.type(), prefix, path, given as object | undefined, declaration);
      node.children.set(property, child);
      instance[property] = child.instance;
    } else if (declaration.kind === 'section-list' || declaration.kind === 'choices') {
      // What stands in a row or is chosen has no variables: it is what the initialisers say.
      const many = declaration.kind === 'section-list' || declaration.list;
      instance[property] = copyValue(given ?? (many && !declaration.optional ? [] : undefined));
    } else {
      const child: MapNode = { kind: 'section-map', declaration, record: {}, segments: path, entries: new Map() };
      node.children.set(property, child);
      instance[property] = child.record;
      for (const [key, value] of Object.entries((given as Record<string, object> | undefined) ?? {})) addEntry(child, key, prefix, value);
      for (const key of declaration.keys ?? []) addEntry(child, key, prefix);
    }
  }
  return node;
}

/** The section `key` of a map, made when it is not there yet; undefined when the map cannot have it. */
export function addEntry(map: MapNode, key: string, prefix: string, initial?: object): SectionNode | undefined {
  const known = map.entries.get(key);
  if (known) return known;
  if (!entryName.test(key) || (map.declaration.keys && !map.declaration.keys.includes(key))) return undefined;
  // Two names must not share their variables.
  for (const other of map.entries.keys()) if (upperSnake(other) === upperSnake(key)) return undefined;
  const entry = buildSection(map.declaration.type(), prefix, [...map.segments, key], initial);
  map.entries.set(key, entry);
  map.record[key] = entry.instance;
  return entry;
}

/** Every section of the tree, parents first. */
export function* sectionsOf(node: SectionNode): Generator<SectionNode> {
  yield node;
  for (const child of node.children.values()) {
    if (child.kind === 'section') yield* sectionsOf(child);
    else for (const entry of child.entries.values()) yield* sectionsOf(entry);
  }
}

/** Every map of the tree, outer ones first. */
export function* mapsOf(node: SectionNode): Generator<MapNode> {
  for (const section of sectionsOf(node)) {
    for (const child of section.children.values()) if (child.kind === 'section-map') yield child;
  }
}
