import { isPlaceholder, type TemplatePiece } from './text-template.js';

/**
 * Matches a whole text against literals and placeholders, each of at least one character; of several ways the first placeholder takes the most.
 * From the right by plain search, in linear time: the expressions that such templates stand for would not be.
 */
export class TextPattern {
  readonly #pieces: readonly TemplatePiece[];
  readonly #fold: boolean;

  /** @param caseSensitive whether literals are compared as they are */
  constructor(pieces: readonly TemplatePiece[], caseSensitive: boolean) {
    this.#fold = !caseSensitive;
    this.#pieces = caseSensitive ? pieces : pieces.map((piece) => (isPlaceholder(piece) ? piece : { literal: piece.literal.toLowerCase() }));
  }

  /** Whether `text` fits. What its placeholders catch is handed to `caught`, from the last to the first. */
  match(text: string, caught?: (name: string, value: string) => void): boolean {
    const searched = this.#fold ? text.toLowerCase() : text;
    // Lower case may be longer than the text (as of a capital I with a dot): places would be off.
    if (searched.length !== text.length) return false;
    let end = text.length;
    for (let index = this.#pieces.length - 1; index >= 0; index--) {
      const piece = this.#pieces[index] as TemplatePiece;
      if (!isPlaceholder(piece)) {
        if (!searched.startsWith(piece.literal, end - piece.literal.length)) return false;
        end -= piece.literal.length;
        continue;
      }
      const start = this.#startOf(index, searched, end);
      if (start < 0 || start >= end) return false;
      caught?.(piece.name, text.slice(start, end));
      end = start;
    }
    return end === 0;
  }

  /** Where the placeholder at `index` begins that ends at `end`: behind the last place where the literal before it may stand. */
  #startOf(index: number, searched: string, end: number): number {
    const before = this.#pieces[index - 1];
    if (before === undefined || isPlaceholder(before)) return 0;
    const { literal } = before;
    if (index === 1) return searched.startsWith(literal) ? literal.length : -1;
    const found = searched.lastIndexOf(literal, end - 1 - literal.length);
    return found < 0 ? -1 : found + literal.length;
  }
}
