/** Fields of which two lines are read differently by different servers: one takes the first, another the last, a third joins them. */
const always = ['host', 'authorization', 'cookie', 'origin', 'content-type', 'content-length', 'x-csrf', 'dpop', 'x-api-key', 'x-correlation-id'];

interface SingleField {
  readonly name: string;
  /** One of its own in a number that holds which were seen. */
  readonly bit: number;
}

/** The fields that may stand only once in a request. */
export class SingleFields {
  /** By the length of their names: most fields of a request have a length that none of these has. */
  readonly #byLength: readonly (readonly SingleField[] | undefined)[];

  /** @param apiKeyName the field in which this gateway takes API keys, in any case */
  constructor(apiKeyName: string) {
    const names = [...new Set([...always, apiKeyName.toLowerCase()])];
    this.#byLength = Array.from({ length: Math.max(...names.map(({ length }) => length)) + 1 }, (_, length) => {
      const fields = names.map((name, index) => ({ name, bit: 1 << index })).filter(({ name }) => name.length === length);
      return fields.length > 0 ? fields : undefined;
    });
  }

  /** The field of that name, in any case; undefined for one that may repeat. Allocates nothing. */
  find(name: string): SingleField | undefined {
    const fields = name.length < this.#byLength.length ? this.#byLength[name.length] : undefined;
    if (fields === undefined) return undefined;
    for (const field of fields) if (isSame(name, field.name)) return field;
    return undefined;
  }
}

/** Compares a name with one in lower case. What a name may consist of (RFC 9110 5.6.2) has no other pair that differs in this bit alone. */
function isSame(name: string, lower: string): boolean {
  for (let index = 0; index < lower.length; index++) if ((name.charCodeAt(index) | 0x20) !== lower.charCodeAt(index)) return false;
  return true;
}
