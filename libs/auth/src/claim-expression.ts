/** A compiled way to a value inside the claims of a token. */
export interface ClaimExpression {
  readonly source: string;
  /** Whether the claim may be missing. */
  readonly optional: boolean;
  /** What the claims hold there; undefined when there is nothing. */
  read(claims: Claims): unknown;
}

type Claims = Readonly<Record<string, unknown>>;
type Step = (value: unknown) => unknown;

/** Claims that a configuration derives from others, by name. */
export type DerivedClaims = ReadonlyMap<string, ClaimExpression>;

// No `//`: a URL without quotes would be taken apart at its dots, and found nowhere.
const bareName = /[A-Za-z_](?:[\w:-]|\/(?!\/))*/y;
const quotedName = /'([^']+)'|"([^"]+)"/y;
const split = /\.split\((?:'([^']+)'|"([^"]+)")\)/y;
const place = /\[(\d{1,4})\]/y;
const member = /\[(?:'([^']+)'|"([^"]+)")\]/y;

/**
 * Compiles an expression like `sub`, `address.city`, `roles[0]`, `'https://shop.example/roles'[0]`, `address['zip-code']` or `sub.split('|')[1]`; a `?` at its end
 * makes it optional. A name with other characters than letters, digits and `_-:/` stands in quotes, as URLs do for their dots, also in brackets. Only what the token itself holds is found, never what objects inherit.
 * @param derived claims that hide those of the token with the same names
 * @throws TypeError that quotes an expression which is none
 */
export function parseClaimExpression(source: string, derived?: DerivedClaims): ClaimExpression {
  const optional = source.endsWith('?');
  const text = optional ? source.slice(0, -1) : source;
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return undefined;
    at = pattern.lastIndex;
    return found[1] ?? found[2] ?? found[0];
  };
  const fail = (): never => {
    throw new TypeError(`${JSON.stringify(source)} is no claim expression: it is not understood from ${JSON.stringify(text.slice(at))} on`);
  };
  const name = (): string => take(bareName) ?? take(quotedName) ?? fail();

  const root = take(member) ?? name();
  const steps: Step[] = [];
  while (at < text.length) {
    let found: string | undefined;
    if ((found = take(split)) !== undefined) steps.push(splitAt(found));
    else if ((found = take(place)) !== undefined) steps.push(itemOf(Number(found)));
    else if ((found = take(member)) !== undefined) steps.push(memberOf(found));
    else if (text[at++] === '.') steps.push(memberOf(name()));
    else {
      at--;
      fail();
    }
  }
  const origin = derived?.get(root);
  const start = origin ? (claims: Claims) => origin.read(claims) : memberOf(root);
  return {
    source,
    optional,
    read(claims) {
      let value = start(claims);
      for (let index = 0; index < steps.length && value !== undefined; index++) value = (steps[index] as Step)(value);
      return value;
    },
  };
}

function memberOf(name: string): Step {
  return (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) && Object.hasOwn(value, name) ? (value as Claims)[name] : undefined);
}

function itemOf(index: number): Step {
  return (value) => (Array.isArray(value) ? (value as unknown[])[index] : undefined);
}

function splitAt(delimiter: string): Step {
  return (value) => (typeof value === 'string' ? value.split(delimiter) : undefined);
}
