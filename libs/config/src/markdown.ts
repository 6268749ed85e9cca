/** A heading and a table. The cells are Markdown already. Ends with a line feed. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

/** Text as code in a cell. */
export const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

/** Text as text in a cell. */
export const escape = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
