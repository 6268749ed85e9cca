import type { ImportContext } from './import-context.js';
import type { JsonObject } from './json.js';
import { names } from './names.js';
import { ScopedSection } from './scoped-section.js';
import type { Section } from './section.js';

/** What an answer's header transform looks for when it means the service. */
const serviceBase = names.serviceBaseUrlPlaceholder;
const known: Readonly<Record<string, string>> = {
  '{BaseUrl}': '{BaseUrl}',
  '{RemoteIpAddress}': '{RemoteIpAddress}',
  '{TraceId}': '{TraceId}',
  [names.clientHostPlaceholder]: '{ClientHost}',
};

/** The header changes of a static route; undefined where there are none. */
export function headersOf(route: Section, context: ImportContext): JsonObject | undefined {
  const request = [...transforms(route, names.requestHeaderTransform, 'set', context), ...requestId(route, context)];
  const response = transforms(route, names.responseHeaderTransform, 'setIfAbsent', context);
  if (request.length === 0 && response.length === 0) return undefined;
  return { ...(request.length > 0 && { request }), ...(response.length > 0 && { response }) };
}

/** The client's id is passed on, or that of the request where it sent none. */
export function requestId(route: Section | undefined, { global }: ImportContext): JsonObject[] {
  const key = new ScopedSection(route, global).text('RequestIdKey');
  return key ? [{ setIfAbsent: { [key.value.toLowerCase()]: '{request.id}' } }] : [];
}

/** Whether any header transform stands for the gateway's own address. */
export function usesBaseUrl(sections: readonly Section[]): boolean {
  return sections.some((section) =>
    [names.requestHeaderTransform, names.responseHeaderTransform].some((name) => section.pairs(name).some(([, value]) => value.includes('{BaseUrl}'))),
  );
}

function transforms(route: Section, name: string, adds: 'set' | 'setIfAbsent', { global, findings }: ImportContext): JsonObject[] {
  const own = route.pairs(name);
  const taken = new Set(own.map(([header]) => header.toLowerCase()));
  const layers = [
    ...own.map((pair) => ({ pair, path: `${route.pathOf(name)}.${pair[0]}` })),
    ...global.pairs(name).filter(([header]) => !taken.has(header.toLowerCase())).map((pair) => ({ pair, path: `${global.pathOf(name)}.${pair[0]}` })),
  ];
  const replacements: JsonObject[] = [];
  const added: JsonObject = {};
  for (const { pair: [header, value], path } of layers) {
    const field = header.toLowerCase();
    if (!value.includes(',')) {
      added[field] = translated(value, path);
      continue;
    }
    const [find = '', by = '', ...more] = value.split(',');
    if (more.length > 0) findings.note('dropped', path, 'Ocelot, too, leaves out what stands behind a second comma');
    replacements.push({ replace: { header: field, ...replacement(find, by.trimStart(), path) } });
  }
  return [...replacements, ...(Object.keys(added).length > 0 ? [{ [adds]: added }] : [])];

  function replacement(find: string, by: string, path: string): JsonObject {
    if (find.trim() !== serviceBase || adds === 'set') return { find, with: translated(by, path) };
    // Ocelot's address of the service ends in a slash, and so does what it puts there.
    const put = translated(by, path);
    return { find: '{ServiceBaseUrl}/', with: put.endsWith('/') ? put : `${put}/` };
  }

  function translated(value: string, path: string): string {
    return value.replace(/\{[^{}]*\}/g, (placeholder) => {
      const ours = known[placeholder];
      if (ours === undefined) findings.note('code', path, `${placeholder} is a placeholder of the host's code: declare one of that name`);
      return ours ?? placeholder;
    });
  }
}
