import type { ConfigClass } from './config-class.js';
import { fileRows, type FileRow } from './file/file-rows.js';
import { code, escape, table } from './markdown.js';

const head = ['Path', 'Type', 'Default', 'Constraints', 'Description'];

/**
 * A heading and a Markdown table of everything that a file read into `type` may hold: `<name>` stands for a name in a map, `[]` for a
 * place in a list. A section that is the same as an earlier one names that one. Ends with a line feed.
 */
export function renderFileMarkdown(title: string, type: ConfigClass): string {
  return table(title, head, fileRows(type).map(cells));
}

function cells({ path, type, unit, required, initial, constraints, description, same }: FileRow): string[] {
  const as = same === undefined ? '' : ` As ${code(same)}.`;
  const words = unit === undefined ? type : `${type}, ${unit}`;
  const start = required ? '(required)' : initial === undefined || initial === '' ? '' : code(typeof initial === 'string' ? initial : JSON.stringify(initial));
  return [code(path), escape(words), start, constraints.map(escape).join('; '), escape(description) + as];
}
