/** The value of a part: as it stands in the answer, and as other parts read it. */
export class PartResult<Answer = unknown> {
  /** JSON text. */
  readonly json: string;
  /** The same before fields were picked. */
  readonly value: unknown;
  /** The answers it was made of; none for a default, and for a join. */
  readonly answers: readonly Answer[];

  constructor(json: string, value: unknown, answers: readonly Answer[]) {
    this.json = json;
    this.value = value;
    this.answers = answers;
  }
}
