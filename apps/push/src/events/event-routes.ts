import type { EventRule } from './event-rules.config.js';

/** What has happened at a hub, as rules know it. */
export interface EventName {
  readonly hub: string;
  readonly category: 'connections' | 'messages';
  /** `connected`, `disconnected`, or the method that is called. */
  readonly event: string;
}

interface CompiledRule {
  readonly urlTemplate: string;
  readonly matches: (name: EventName) => boolean;
}

/** Where events go, by rules that are tried in their order. Names match in any case, as clients write them. */
export class EventRoutes {
  readonly #rules: readonly CompiledRule[];

  constructor(rules: readonly EventRule[]) {
    this.#rules = rules.map(({ urlTemplate, hubPattern, categoryPattern, eventPattern }) => {
      const [hubs, categories, events] = [namesOf(hubPattern), namesOf(categoryPattern), namesOf(eventPattern)];
      return { urlTemplate, matches: ({ hub, category, event }) => isAmong(hubs, hub) && isAmong(categories, category) && isAmong(events, event) };
    });
  }

  /** The address to which an event goes; undefined when no rule matches. */
  addressOf(name: EventName): string | undefined {
    // An address takes a part of dots alone for a step up, whatever is done to them (RFC 3986 5.2.4): clients choose the names of methods.
    if (/^\.{1,2}$/.test(name.event)) return undefined;
    const rule = this.#rules.find(({ matches }) => matches(name));
    return rule?.urlTemplate.replace(/\{(hub|category|event)\}/g, (_, part: keyof EventName) => encodeURIComponent(wellFormed(name[part])));
  }
}

/** A text without halves of surrogate pairs, which cannot be sent. */
export function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** Undefined for all. */
function namesOf(pattern: string): ReadonlySet<string> | undefined {
  return pattern === '*' ? undefined : new Set(pattern.split(',').map((name) => name.trim().toLowerCase()));
}

function isAmong(names: ReadonlySet<string> | undefined, name: string): boolean {
  return names === undefined || names.has(name.toLowerCase());
}
