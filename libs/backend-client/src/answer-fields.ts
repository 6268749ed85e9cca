/** Header fields of an answer as undici hands them over, names and values in turn. Read on demand: of a dozen fields a call looks at three. */
export class AnswerFields {
  /** What an answer has that has not begun. */
  static readonly none = new AnswerFields([]);

  readonly #raw: readonly Buffer[];

  constructor(raw: readonly Buffer[]) {
    this.#raw = raw;
  }

  /** The value of a field by its lower-case name, values of a repeated one joined by a comma (RFC 9110 5.3); undefined when it is absent. */
  get(name: string): string | undefined {
    let found: string | undefined;
    for (let index = 0; index < this.#raw.length; index += 2) {
      if (!isNamed(this.#raw[index] as Buffer, name)) continue;
      const value = (this.#raw[index + 1] as Buffer).toString('latin1');
      found = found === undefined ? value : `${found}, ${value}`;
    }
    return found;
  }

  /** Every field by its lower-case name, a repeated one as a list. */
  toObject(): Record<string, string | string[]> {
    const fields = new Map<string, string | string[]>();
    const inTurn = this.inTurn();
    for (let index = 0; index < inTurn.length; index += 2) {
      const [name, value] = [inTurn[index] as string, inTurn[index + 1] as string];
      const known = fields.get(name);
      fields.set(name, known === undefined ? value : [known, value].flat());
    }
    return Object.fromEntries(fields);
  }

  /** Names in lower case and values in turn, every field as it came. */
  inTurn(): string[] {
    return this.#raw.map((text, index) => (index % 2 === 0 ? text.toString('latin1').toLowerCase() : text.toString('latin1')));
  }
}

/** Whether the bytes of a field's name are those of `name`, in any case. Names that are asked for have letters and hyphens only, of which no two differ in this bit alone. */
function isNamed(field: Buffer, name: string): boolean {
  if (field.length !== name.length) return false;
  for (let index = 0; index < name.length; index++) if (((field[index] as number) | 0x20) !== name.charCodeAt(index)) return false;
  return true;
}
