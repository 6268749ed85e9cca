const nothing: readonly (readonly [string, string])[] = [];

/** Header fields in the order in which they are sent, names in lower case. A field may stand there several times, as `set-cookie` does. */
export class HeaderList implements Iterable<readonly [name: string, value: string]> {
  /** Names and values in turn: requests pass in and out of this form, and a pair for each field would be an object for each. */
  #fields: string[] = [];

  constructor(fields: Iterable<readonly [string, string]> = nothing) {
    for (const [name, value] of fields) this.#fields.push(name.toLowerCase(), value);
  }

  /** A list made of names in lower case and values in turn. It keeps the array: whoever hands it over must not use it any more. */
  static of(fields: string[]): HeaderList {
    const list = new HeaderList();
    list.#fields = fields;
    return list;
  }

  /** Names and values in turn, as Node and undici write them; the array is the caller's. */
  inTurn(): string[] {
    return this.#fields.slice();
  }

  /** The value of a field, values of a repeated one joined by a comma (RFC 9110 5.3); undefined when it is absent. `name` is in lower case, here as below. */
  get(name: string): string | undefined {
    const fields = this.#fields;
    let found: string | undefined;
    for (let index = 0; index < fields.length; index += 2) {
      if (fields[index] === name) found = found === undefined ? fields[index + 1] : `${found}, ${fields[index + 1]}`;
    }
    return found;
  }

  /** Every value of a field, in order. */
  all(name: string): string[] {
    return this.#fields.filter((_, index, fields) => index % 2 === 1 && fields[index - 1] === name);
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Replaces all values of a field by one. */
  set(name: string, value: string): void {
    this.delete(name);
    this.#fields.push(name, value);
  }

  /** Adds a value to those that are there. */
  append(name: string, value: string): void {
    this.#fields.push(name, value);
  }

  delete(name: string): void {
    const fields = this.#fields;
    for (let index = fields.length - 2; index >= 0; index -= 2) if (fields[index] === name) fields.splice(index, 2);
  }

  *[Symbol.iterator](): Iterator<readonly [string, string]> {
    const fields = this.#fields;
    for (let index = 0; index < fields.length; index += 2) yield [fields[index] as string, fields[index + 1] as string];
  }
}
