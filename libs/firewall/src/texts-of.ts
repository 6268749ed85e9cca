import type { FirewallRequest } from './firewall-request.js';
import { InspectedTexts } from './inspected-texts.js';
import type { Spot } from './spot.js';

const [path, query, headers, body]: readonly Spot[] = [{ name: 'path' }, { name: 'query' }, { name: 'headers' }, { name: 'body' }] as const;

/**
 * Collects the texts of a request.
 * @param passedOver names of the header fields that carry credentials, in lower case
 * @returns undefined when there are more than `maxTexts`
 */
export function textsOf(request: FirewallRequest, passedOver: ReadonlySet<string>, maxTexts: number): InspectedTexts | undefined {
  const texts = new InspectedTexts();
  for (const segment of request.path.split('/')) if (segment !== '') texts.add('path', decoded(segment), path as Spot);
  for (const name in request.headers) {
    const value = request.headers[name];
    if (value === undefined || passedOver.has(name)) continue;
    const spot: Spot = { parent: headers, name };
    if (name === 'cookie') for (const cookie of String(value).split(';')) texts.add('cookies', decoded(cookie.slice(cookie.indexOf('=') + 1)), spot);
    else texts.add(name === 'user-agent' ? 'agent' : 'fields', String(value), spot);
  }
  return takeMembers(texts, 'query', request.query, query as Spot, maxTexts) && take(texts, 'body', request.body, body as Spot, maxTexts) ? texts : undefined;
}

/** Collects the texts in a value of JSON; false when there are more than `most` by then. Numbers cannot attack. */
function take(texts: InspectedTexts, place: 'query' | 'body', value: unknown, spot: Spot, most: number): boolean {
  if (typeof value === 'string') texts.add(place, value, spot);
  else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!take(texts, place, value[index], { parent: spot, name: index }, most)) return false;
  } else if (typeof value === 'object' && value !== null) return takeMembers(texts, place, value as Record<string, unknown>, spot, most);
  return texts.count <= most;
}

function takeMembers(texts: InspectedTexts, place: 'query' | 'body', members: Readonly<Record<string, unknown>>, parent: Spot, most: number): boolean {
  for (const name of Object.keys(members)) {
    const spot: Spot = { parent, name };
    texts.add('names', name, spot);
    if (!take(texts, place, members[name], spot, most)) return false;
  }
  return true;
}

/** As a server would read it; as it came where its escapes are none. */
function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
