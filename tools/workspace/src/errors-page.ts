/** What the page needs of a row of the error table. */
export interface PageRow {
  readonly status: number;
  readonly title: string;
  readonly action: string;
}

const introduction = `# Errors

Every failure that a gateway answers with is a problem document (RFC 9457, \`application/problem+json\`) with one of these codes in its member \`code\`.
A code never changes its meaning; what is not in this table reaches no client.

This page is generated from the error table of \`@portico/core\`; the test run compares the two.
\`PORTICO_WRITE_DOCS=1 npx vitest run tools/workspace/src/errors-page.spec.ts\` writes it anew.`;

/** The page \`docs/errors.md\`: one row per code, by status and then in the table's order. */
export function renderErrorsPage(table: Readonly<Record<string, PageRow>>): string {
  const rows = Object.entries(table)
    .sort(([, a], [, b]) => a.status - b.status)
    .map(([code, { status, title, action }]) => `| \`${code}\` | ${status} | ${title} | ${action} |`);
  return [introduction, '', '| code | status | title | what to do |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}
