import type { ConfigClass } from './config-class.js';
import { rows, type SectionDescription, type SettingDescription } from './describe-config.js';

const head = ['Setting', 'Environment variable', 'Type', 'Default', 'Constraints', 'Description'];

/** A heading and a Markdown table of every setting of a configuration class; sections have rows of their own. Ends with a line feed. */
export function renderConfigMarkdown(title: string, type: ConfigClass, prefix = 'PORTICO'): string {
  const lines = [head, head.map(() => '---'), ...rows(type, prefix).map(cells)].map((row) => `| ${row.join(' | ')} |`);
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

function cells(row: SettingDescription | SectionDescription): string[] {
  if (!('env' in row)) return [`**${escape(row.path)}**`, '', '', '', '', escape(row.description)];
  const type = row.unit === undefined ? row.type : `${row.type}, ${row.unit}`;
  const initial = row.required ? '(required)' : row.default === undefined || row.default === '' ? '' : code(row.default);
  const secret = row.secret ? ` Secret; or the name of its file in ${code(`${row.env}_FILE`)}.` : '';
  return [code(row.path), code(row.env), type, initial, row.constraints.map(escape).join('; '), escape(row.description) + secret];
}

const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
