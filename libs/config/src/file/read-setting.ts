import { emptyRecord } from '../copy-value.js';
import { parseValue } from '../setting-value.js';
import type { SettingType } from '../setting.decorator.js';
import { expandPlaceholders } from './expand-placeholders.js';
import { kindText, memberPath, type FileMap, type FileNode } from './file-node.js';
import type { FileReading, Spot } from './file-reading.js';

const typeTexts: Readonly<Record<SettingType, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  'string[]': 'a list of strings',
  'number[]': 'a list of numbers',
  'string{}': 'a map of strings',
  'string[]{}': 'a map of lists of strings',
};

/**
 * The value of a setting from what the files say about it, the last of which wins; maps are merged. Strict: nothing is converted but
 * what placeholders bring. Undefined, with faults, when it is not of the type.
 */
export function readSetting(type: SettingType, layers: readonly FileNode[], spot: Spot, reading: FileReading, secret = false): unknown {
  const node = layers.at(-1)!;
  switch (type) {
    case 'string':
      if (secret && node.kind === 'map') return readSecretFile(node, spot, reading);
      return readScalar('string', node, spot, reading, secret);
    case 'number':
    case 'boolean':
      return readScalar(type, node, spot, reading, secret);
    case 'string[]':
    case 'number[]':
      if (node.kind !== 'list') return readScalar(type, node, spot, reading, secret);
      return node.items.map((item, index) => {
        return readScalar(type === 'string[]' ? 'string' : 'number', item, { path: memberPath(spot.path, index), place: item.place }, reading, secret);
      });
    case 'string{}':
    case 'string[]{}':
      return readMap(type, layers, spot, reading, secret);
  }
}

function readScalar(type: Exclude<SettingType, `${string}{}`>, node: FileNode, spot: Spot, reading: FileReading, secret: boolean): unknown {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (typeof value !== 'string') {
    if (typeof value === type && (typeof value !== 'number' || Number.isFinite(value))) return value;
    return wrongType(type, node, spot, reading, secret);
  }
  if (type === 'string' && !value.includes('${')) return value;
  const { text, whole, faults } = expandPlaceholders(value, reading.env);
  if (faults.length > 0) {
    for (const fault of faults) reading.fault(spot, fault);
    return undefined;
  }
  if (type === 'string') return text;
  if (whole === undefined) return wrongType(type, node, spot, reading, secret);
  const parsed = parseValue(type, text);
  if ('value' in parsed) return parsed.value;
  // The variable's text stays out of it: nobody knows what it holds.
  for (const fault of parsed.faults) reading.fault(spot, `the value from ${whole} ${fault.message}`);
  return undefined;
}

function readMap(type: 'string{}' | 'string[]{}', layers: readonly FileNode[], spot: Spot, reading: FileReading, secret: boolean): unknown {
  const record = emptyRecord();
  const texts = new Map<string, FileNode>();
  for (const layer of layers) {
    if (layer.kind !== 'map') return wrongType(type, layer, spot, reading, secret);
    for (const [key, node] of layer.entries) texts.set(key, node);
  }
  for (const [key, node] of texts) {
    const at = { path: memberPath(spot.path, key), place: node.place };
    if (key === '__proto__') reading.fault(at, 'is not a name that can stand here');
    else record[key] = readSetting(type === 'string{}' ? 'string' : 'string[]', [node], at, reading, secret);
  }
  return record;
}

function readSecretFile(map: FileMap, spot: Spot, reading: FileReading): unknown {
  const file = map.entries.get('file');
  if (map.entries.size !== 1 || !file) {
    reading.fault(spot, 'must be a string or { file: path }', map.place);
    return undefined;
  }
  const path = readScalar('string', file, { path: memberPath(spot.path, 'file'), place: file.place }, reading, false);
  if (typeof path !== 'string') return undefined;
  // As it is written: a variable may be the secret itself.
  const written = JSON.stringify(file.kind === 'scalar' ? file.value : '');
  return reading.secret(path, { path: spot.path, place: file.place }, written);
}

function wrongType(type: SettingType, node: FileNode, spot: Spot, reading: FileReading, secret: boolean): undefined {
  const or = secret && type === 'string' ? ' or { file: path }' : '';
  reading.fault(spot, `must be ${typeTexts[type]}${or}, but is ${kindText(node)}`, node.place);
}
