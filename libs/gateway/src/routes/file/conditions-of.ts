import type { RouteConditions } from '@portico/routing';
import type { MatchConfig } from './match.config.js';

/** The conditions that a match stands for: GET includes HEAD, and the names of header fields have no case. */
export function conditionsOf(match: MatchConfig): RouteConditions {
  const methods = match.methods.includes('GET') && !match.methods.includes('HEAD') ? [...match.methods, 'HEAD'] : match.methods;
  return { ...match, methods, headers: Object.fromEntries(Object.entries(match.headers).map(([field, template]) => [field.toLowerCase(), template])) };
}
