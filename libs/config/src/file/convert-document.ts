import { isAlias, isCollection, isMap, isScalar, isSeq, type Document, type YAMLMap } from 'yaml';
import { memberPath, type FileNode, type FileScalar, type Place } from './file-node.js';
import type { FileReading } from './file-reading.js';

// Ten anchors that name each other ten times would become 10 000 million values.
const maxAliased = 100_000;

/** The document as plain nodes with places, its aliases replaced by what they name; undefined when it is empty. */
export function convertDocument(document: Document.Parsed, placeOf: (offset: number) => Place, reading: FileReading): FileNode | undefined {
  return document.contents === null ? undefined : new Conversion(placeOf, reading).convert(document.contents, '', undefined);
}

class Conversion {
  readonly #placeOf: (offset: number) => Place;
  readonly #reading: FileReading;
  readonly #anchors = new Map<string, unknown>();
  readonly #open = new Set<unknown>();
  #aliases = 0;
  #aliased = 0;

  constructor(placeOf: (offset: number) => Place, reading: FileReading) {
    this.#placeOf = placeOf;
    this.#reading = reading;
  }

  /** `keyPlace` is the place of the key before it. */
  convert(node: unknown, path: string, keyPlace: Place | undefined): FileNode {
    const place = keyPlace ?? this.#placeOf(offsetOf(node));
    if (isAlias(node)) return this.#convertAlias(node.source, path, place);
    if (this.#aliases > 0 && ++this.#aliased > maxAliased) {
      if (this.#aliased === maxAliased + 1) this.#reading.unreadableFile(`has aliases that stand for more than ${maxAliased} values`, place, path);
      return nothing(place);
    }
    if (this.#aliases === 0 && (isScalar(node) || isCollection(node)) && node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return { kind: 'scalar', place, value: plain(node.value) };
    if (!isCollection(node)) return nothing(place);
    this.#open.add(node);
    const converted: FileNode = isMap(node)
      ? { kind: 'map', place, entries: this.#convertEntries(node, path) }
      : { kind: 'list', place, items: isSeq(node) ? node.items.map((item, index) => this.convert(item, memberPath(path, index), undefined)) : [] };
    this.#open.delete(node);
    return converted;
  }

  #convertAlias(name: string, path: string, place: Place): FileNode {
    const target = this.#anchors.get(name);
    if (target === undefined || this.#open.has(target)) {
      const message = target === undefined ? 'is an alias of an anchor that is not there' : 'is an alias of what it stands in';
      this.#reading.unreadableFile(message, place, path);
      return nothing(place);
    }
    if (this.#aliased > maxAliased) return nothing(place);
    this.#aliases++;
    const converted = this.convert(target, path, place);
    this.#aliases--;
    return converted;
  }

  #convertEntries(map: YAMLMap, path: string): Map<string, FileNode> {
    const entries = new Map<string, FileNode>();
    for (const { key, value } of map.items) {
      const place = this.#placeOf(offsetOf(key));
      // The source, since the number 010 would become another name.
      const name = isScalar(key) && key.value !== null ? (key.type === 'PLAIN' ? key.source : undefined) ?? String(key.value) : undefined;
      if (name === undefined) {
        this.#reading.fault({ path, place }, 'has a key that is no name');
        continue;
      }
      const member = memberPath(path, name);
      const first = entries.get(name);
      const converted = this.convert(value, member, place);
      if (first) this.#reading.fault({ path: member, place }, `is given twice; the first is in line ${first.place.line}`);
      else entries.set(name, converted);
    }
    return entries;
  }
}

const nothing = (place: Place): FileScalar => ({ kind: 'scalar', place, value: null });

function offsetOf(node: unknown): number {
  return isScalar(node) || isCollection(node) || isAlias(node) ? (node.range?.[0] ?? 0) : 0;
}

function plain(value: unknown): FileScalar['value'] {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
