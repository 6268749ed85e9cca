/** A piece of a template: literal text, or the name of a placeholder. */
export type TemplatePiece = { readonly literal: string } | { readonly name: string };

const token = /\{([^{}]*)\}/g;
const placeholderName = /^[A-Za-z_][\w.-]*\*?$/;

/**
 * Takes a template apart, as `v{ver}-{kind}`. A name may end in `*` where the caller allows that.
 * @throws TypeError for a brace that belongs to no placeholder, a name that is none, or two placeholders without text between them
 */
export function parseTemplate(text: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = '', index } of text.matchAll(token)) {
    if (!placeholderName.test(name)) throw new TypeError(`"${whole}" names no placeholder`);
    if (index > end) pieces.push({ literal: text.slice(end, index) });
    else if (pieces.length > 0) throw new TypeError(`"${whole}" follows another placeholder without text between them`);
    pieces.push({ name });
    end = index + whole.length;
  }
  if (end < text.length) pieces.push({ literal: text.slice(end) });
  if (pieces.some((piece) => 'literal' in piece && /[{}]/.test(piece.literal))) throw new TypeError(`"${text}" has a brace that belongs to no placeholder`);
  return pieces;
}

/** Whether a piece is a placeholder. */
export function isPlaceholder(piece: TemplatePiece): piece is { readonly name: string } {
  return 'name' in piece;
}

/**
 * Names of the placeholders in a text, in their order.
 * @throws TypeError as `parseTemplate`
 */
export function placeholderNames(text: string): string[] {
  return parseTemplate(text).filter(isPlaceholder).map(({ name }) => name);
}
