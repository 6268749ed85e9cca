import type { ConfigClass } from './config-class.js';
import { rows, type SectionDescription, type SettingDescription } from './describe-config.js';
import { code, escape, table } from './markdown.js';

const head = ['Setting', 'Environment variable', 'Type', 'Default', 'Constraints', 'Description'];

/** A heading and a Markdown table of every setting of a configuration class; sections have rows of their own. Ends with a line feed. */
export function renderConfigMarkdown(title: string, type: ConfigClass, prefix = 'PORTICO'): string {
  return table(title, head, rows(type, prefix).map(cells));
}

function cells(row: SettingDescription | SectionDescription): string[] {
  if (!('env' in row)) return [`**${escape(row.path)}**`, '', '', '', '', escape(row.description)];
  const type = row.unit === undefined ? row.type : `${row.type}, ${row.unit}`;
  const initial = row.required ? '(required)' : row.default === undefined || row.default === '' ? '' : code(row.default);
  const secret = row.secret ? ` Secret; or the name of its file in ${code(`${row.env}_FILE`)}.` : '';
  return [code(row.path), code(row.env), type, initial, row.constraints.map(escape).join('; '), escape(row.description) + secret];
}
