import type { ConfigClass } from '../config-class.js';
import { copyValue, emptyRecord } from '../copy-value.js';
import { declarationsOf, type Declaration, type SectionListDeclaration, type SectionMapDeclaration } from '../declarations.js';
import { settingType } from '../setting-value.js';
import { checkSection, type ReadMember } from './check-section.js';
import { entryNamePattern } from './entry-name.js';
import { kindText, memberPath, type FileMap, type FileNode } from './file-node.js';
import { suggestion, type FileReading, type Spot } from './file-reading.js';
import { readChoices } from './read-choices.js';
import { readSetting } from './read-setting.js';

const entryName = new RegExp(entryNamePattern);

/** What a place of the configuration is read from. */
export interface Source {
  /** What the files say about it, in their order; none when they say nothing. */
  readonly layers: readonly FileNode[];
  readonly spot: Spot;
  readonly reading: FileReading;
  /** The default of the initialiser around it. */
  readonly given: unknown;
}

/** An instance of `type` from its defaults and what the files say, checked. */
export function readSection(type: ConfigClass, { layers, spot, reading, given }: Source): object {
  const instance = new type() as Record<string, unknown>;
  const maps = mapsOf(layers, spot, reading);
  const declarations = declarationsOf(type);
  const names = declarations.map((declaration) => declaration.property);
  for (const map of maps) {
    for (const [key, node] of map.entries) {
      // By this key a JSON file tells its editor where the schema is.
      if (key === '$schema' && spot.path === '') continue;
      if (!names.includes(key)) reading.fault({ path: memberPath(spot.path, key), place: node.place }, `is not known here${suggestion(key, names)}`);
    }
  }
  const members = declarations.map((declaration): ReadMember => {
    const { property } = declaration;
    const said = maps.flatMap((map) => map.entries.get(property) ?? []);
    const at = { path: memberPath(spot.path, property), place: said.at(-1)?.place ?? spot.place };
    const before = reading.faults.length;
    const initial = (given as Record<string, unknown> | undefined)?.[property] ?? instance[property];
    instance[property] = readMember(declaration, { layers: said, spot: at, reading, given: initial });
    return { declaration, node: said.at(-1), spot: at, broken: reading.faults.length > before };
  });
  if (maps.length > 0 || layers.length === 0) checkSection(type, instance, members, reading);
  return instance;
}

function readMember(declaration: Declaration, source: Source): unknown {
  const { layers, spot, reading, given } = source;
  switch (declaration.kind) {
    case 'setting': {
      const type = settingType(declaration, given);
      return layers.length === 0 ? copyValue(given) : readSetting(type, layers, spot, reading, declaration.options.secret);
    }
    case 'section':
      return declaration.optional && layers.length === 0 && given === undefined ? undefined : readSection(declaration.type(), source);
    case 'section-map':
      return readSectionMap(declaration, source);
    case 'section-list':
      return readSectionList(declaration, source);
    case 'choices':
      return readChoices(declaration, source);
  }
}

function readSectionMap({ type, keys, unique }: SectionMapDeclaration, { layers, spot, reading, given }: Source): unknown {
  const record = emptyRecord();
  const initial = new Map(Object.entries((given as Record<string, object> | undefined) ?? {}));
  const said = new Map<string, FileNode[]>([...initial.keys(), ...(keys ?? [])].map((name) => [name, []]));
  for (const map of mapsOf(layers, spot, reading)) {
    for (const [name, node] of map.entries) {
      const at = { path: memberPath(spot.path, name), place: node.place };
      const before = said.get(name) ?? [];
      const first = before[0]?.place;
      if (!entryName.test(name) || (keys && !keys.includes(name))) reading.fault(at, `is not a name that can stand here${suggestion(name, keys ?? [])}`);
      else if (unique && first) reading.fault(at, `is defined twice; the first is at ${first.file}:${first.line}:${first.column}`);
      else said.set(name, [...before, node]);
    }
  }
  for (const [name, nodes] of said) {
    const at = { path: memberPath(spot.path, name), place: nodes.at(-1)?.place ?? spot.place };
    record[name] = readSection(type(), { layers: nodes, spot: at, reading, given: initial.get(name) });
  }
  return record;
}

function readSectionList({ type, optional }: SectionListDeclaration, { layers, spot, reading, given }: Source): unknown {
  const list = layers.at(-1);
  if (!list) {
    if (given === undefined && optional) return undefined;
    return ((given as object[] | undefined) ?? []).map((item) => readSection(type(), { layers: [], spot, reading, given: item }));
  }
  if (list.kind !== 'list') return void reading.fault(spot, `must be a list, but is ${kindText(list)}`);
  return list.items.map((item, index) => {
    return readSection(type(), { layers: [item], spot: { path: memberPath(spot.path, index), place: item.place }, reading, given: undefined });
  });
}

function mapsOf(layers: readonly FileNode[], spot: Spot, reading: FileReading): FileMap[] {
  return layers.flatMap((layer) => {
    if (layer.kind === 'map') return [layer];
    reading.fault(spot, `must be a map, but is ${kindText(layer)}`, layer.place);
    return [];
  });
}
