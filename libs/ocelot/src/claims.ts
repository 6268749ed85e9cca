import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { names } from './names.js';
import type { Section } from './section.js';

/** What a route asks of the caller's claims, and where it writes them; undefined where it does neither. */
export function claimsOf(route: Section, serviceNames: readonly string[], { findings }: ImportContext): JsonObject | undefined {
  const requirements = route.pairs('RouteClaimsRequirement').map(([claim, value]): [string, string[]] => [claimName(claim), [value]]);
  for (const [key] of route.pairs(names.changeServicePath)) {
    if (!serviceNames.includes(key)) findings.note('changed', `${route.pathOf(names.changeServicePath)}.${key}`, "the service's path has no such placeholder; Ocelot answers 404, here nothing is replaced");
  }
  const sections = {
    require: requirements.length > 0 ? Object.fromEntries(requirements) : undefined,
    toClaims: expressions('AddClaimsToRequest'),
    toHeaders: expressions('AddHeadersToRequest', (header) => header.toLowerCase()),
    toQuery: expressions('AddQueriesToRequest'),
    toPath: expressions(names.changeServicePath),
  };
  const claims = compact(sections);
  return Object.keys(claims).length > 0 ? claims : undefined;

  function expressions(name: string, keyOf = (key: string): string => key): JsonObject | undefined {
    const entries = route.pairs(name).flatMap(([key, value]) => {
      const expression = claimExpression(value);
      if (expression === undefined) findings.note('dropped', `${route.pathOf(name)}.${key}`, 'it names no claim; Ocelot ignores it, too. Use the header transforms for fixed values');
      return expression === undefined ? [] : [[keyOf(key), expression] as const];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
}

/** `Claims[sub] > value[1] > |` as an expression of ours; undefined when it is nothing of the kind. What it needs is needed: without it the answer is 403. */
function claimExpression(text: string): string | undefined {
  const [source = '', value = '', delimiter = ''] = text.split('>');
  const [, claim] = /Claims\[(.*)\]/.exec(source) ?? [];
  if (claim === undefined || value === '') return undefined;
  const [, index] = /value\[\s*(\d+)\s*\]/.exec(value) ?? [];
  const split = delimiter.trim();
  return index === undefined || split === '' ? claimName(claim) : `${claimName(claim)}.split(${quoted(split)})[${index}]`;
}

/** A claim's name in Ocelot is its whole name; a dot in it is no step into a nested claim. */
function claimName(claim: string): string {
  return /^[A-Za-z_][\w:/-]*$/.test(claim) ? claim : quoted(claim);
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
