const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Whether lists and objects are nested more than `levels` deep in a JSON text, in one pass that costs less than parsing it.
 * Of a text that is no JSON nothing is said.
 */
export function isDeeperThan(levels: number, text: string): boolean {
  if (text.length <= levels) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      index = endOfText(text, index);
      if (index < 0) return false;
    } else if (code === openList || code === openObject) {
      if (++depth > levels) return true;
    } else if (code === closeList || code === closeObject) depth--;
  }
  return false;
}

/** Place of the quote that ends what begins at `start`; below 0 when none does. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    if (end < 0) return end;
    let before = end - 1;
    while (text.charCodeAt(before) === backslash) before--;
    // An even number of backslashes stands for themselves.
    if ((end - before) % 2 === 1) return end;
  }
}
