/** Header fields in the order in which they are sent, names in lower case. A field may stand there several times, as `set-cookie` does. */
export class HeaderList implements Iterable<readonly [name: string, value: string]> {
  readonly #fields: [string, string][];

  constructor(fields: Iterable<readonly [string, string]> = []) {
    this.#fields = Array.from(fields, ([name, value]): [string, string] => [name.toLowerCase(), value]);
  }

  /** The value of a field, values of a repeated one joined by a comma (RFC 9110 5.3); undefined when it is absent. `name` is in lower case, here as below. */
  get(name: string): string | undefined {
    let found: string | undefined;
    for (const [field, value] of this.#fields) if (field === name) found = found === undefined ? value : `${found}, ${value}`;
    return found;
  }

  /** Every value of a field, in order. */
  all(name: string): string[] {
    return this.#fields.filter(([field]) => field === name).map(([, value]) => value);
  }

  has(name: string): boolean {
    return this.#fields.some(([field]) => field === name);
  }

  /** Replaces all values of a field by one. */
  set(name: string, value: string): void {
    this.delete(name);
    this.#fields.push([name, value]);
  }

  /** Adds a value to those that are there. */
  append(name: string, value: string): void {
    this.#fields.push([name, value]);
  }

  delete(name: string): void {
    for (let index = this.#fields.length - 1; index >= 0; index--) if ((this.#fields[index] as [string, string])[0] === name) this.#fields.splice(index, 1);
  }

  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#fields[Symbol.iterator]();
  }
}
