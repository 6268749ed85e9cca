import type { AssembledGateway } from '../assemble-gateway.js';
import type { TableBinding } from '../routes/table-binding.js';

/** `routes FILE`: a table of the routes and aggregates in the order in which they are tried. */
export function listRoutes({ host }: AssembledGateway): string {
  const rows = (host?.snapshot.table.routes ?? []).map(({ conditions, entry }) => {
    const { definition, pipeline } = entry;
    const host = conditions.host === '' ? '' : conditions.host;
    return [definition.name, conditions.methods.join(',') || 'all', host + conditions.path, targetOf(entry), pipeline.policies.join(' ')];
  });
  return table([['route', 'methods', 'path', 'service and path', 'policies'], ...rows]);
}

function targetOf(entry: TableBinding): string {
  if (entry.kind === 'aggregate') return entry.definition.parts.map(({ name, route }) => (name === route ? name : `${name}=${route}`)).join(' + ');
  const { service, method, path } = entry.definition.to;
  return `${service} ${method ? `${method} ` : ''}${path}`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}
