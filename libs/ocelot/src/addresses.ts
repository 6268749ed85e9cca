import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import type { Section } from './section.js';

/** Which addresses a route serves. Any list on the route replaces the global options as a whole. */
export function addressesOf(route: Section, { global }: ImportContext): JsonObject | undefined {
  return filterOf(route) ?? filterOf(global);
}

function filterOf(section: Section): JsonObject | undefined {
  const options = section.section('SecurityOptions');
  const allow = options?.texts('IPAllowedList') ?? [];
  const deny = options?.texts('IPBlockedList') ?? [];
  if (allow.length === 0 && deny.length === 0) return undefined;
  return compact({
    allow: allow.length > 0 ? allow : undefined,
    deny: deny.length > 0 ? deny : undefined,
    excludeAllowedFromDenied: options?.flag('ExcludeAllowedFromBlocked') || undefined,
  });
}
