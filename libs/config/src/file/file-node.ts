/** Where something stands in a file. */
export interface Place {
  /** As it was named. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** A value of a file. A value in a map has the place of its key, one in a list its own. */
export type FileNode = FileMap | FileList | FileScalar;

export interface FileMap {
  readonly kind: 'map';
  readonly place: Place;
  readonly entries: ReadonlyMap<string, FileNode>;
}

export interface FileList {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly FileNode[];
}

export interface FileScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  /** Something else than text, number, boolean or null is undefined. */
  readonly value: string | number | boolean | null | undefined;
}

/** What a node is, in the words of faults. */
export function kindText(node: FileNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`;
  return node.value === null ? 'empty' : `a ${typeof node.value}`;
}

/** Path of a member: `routes.images`, `headers["x.y"]`, `instances[0]`. */
export function memberPath(path: string, member: string | number): string {
  if (typeof member === 'number') return `${path}[${member}]`;
  if (!/^[A-Za-z_$][\w$-]*$/.test(member)) return `${path}[${JSON.stringify(member)}]`;
  return path === '' ? member : `${path}.${member}`;
}
