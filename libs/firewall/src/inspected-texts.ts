import type { Place } from './firewall-rule.js';
import type { Spot } from './spot.js';

/** Longest list, and longest text in bytes of UTF-8, that libddwaf looks at whole. */
const [listLength, textBytes] = [256, 4_096];

/** What two pieces of a long text share, in UTF-16 units: nothing that a rule looks for is longer by much. */
const shared = 256;

/**
 * Texts in which no rule finds anything, known at a glance, and most are such: words of letters, digits and hyphens; in header fields what has none of the signs that rules for them look for.
 * A serialised object of Java can be a word, and an expression too.
 */
const plain: { readonly [place in Place]?: RegExp } = {
  path: /^[a-z0-9-]*$/i,
  query: /^(?!rO0ABX|aced0005)[a-z0-9-]*$/i,
  names: /^[a-z0-9-]*$/i,
  cookies: /^(?!rO0ABX|aced0005)[a-z0-9-]*$/i,
  fields: /^(?!.*(?:rO0ABX|aced0005|java))[\w .,;:=/*+"?-]*$/i,
  body: /^(?!rO0ABX|aced0005)[a-z0-9-]*$/i,
};

/** The texts of one request, in the form that libddwaf takes, and where each of them stands. */
export class InspectedTexts {
  /** Lists of lists: libddwaf passes over what is beyond the 256th of one. */
  readonly lists: { [place in Place]?: string[][] } = {};
  readonly #spots: { [place in Place]?: Spot[] } = {};
  /** How many there are to inspect. */
  count = 0;

  add(place: Place, text: string, spot: Spot): void {
    if (plain[place]?.test(text)) return;
    // Most texts: no unit of UTF-16 needs more than 3 bytes.
    if (text.length * 3 <= textBytes) return this.#add(place, text, spot);
    const bytes = Buffer.byteLength(text);
    if (bytes <= textBytes) return this.#add(place, text, spot);
    const length = bytes === text.length ? textBytes : Math.floor(textBytes / 3);
    for (let start = 0; start + shared < text.length; start += length - shared) this.#add(place, text.slice(start, start + length), spot);
  }

  /** Where the text stands that libddwaf names by its list and its place in it. */
  spot(place: Place, list: number, index: number): Spot {
    return this.#spots[place]?.[list * listLength + index] as Spot;
  }

  #add(place: Place, text: string, spot: Spot): void {
    const lists = (this.lists[place] ??= []);
    const spots = (this.#spots[place] ??= []);
    if (spots.length % listLength === 0) lists.push([]);
    lists.at(-1)?.push(text);
    spots.push(spot);
    this.count++;
  }
}
