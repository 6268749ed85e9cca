/**
 * Value of the cookie `name` in a `Cookie` field (RFC 6265 5.4); undefined when it is not there. An empty text stands for one that is there several times:
 * a sibling domain may have added one, and nobody can tell which is ours.
 */
export function singleCookie(field: string | string[] | undefined, name: string): string | undefined {
  if (field === undefined) return undefined;
  const text = typeof field === 'string' ? field : field.join('; ');
  let value: string | undefined;
  for (let start = 0; start < text.length; ) {
    const end = text.indexOf(';', start);
    const stop = end < 0 ? text.length : end;
    while (isBlank(text.charCodeAt(start))) start++;
    if (text.startsWith(name, start)) {
      let equals = start + name.length;
      while (isBlank(text.charCodeAt(equals))) equals++;
      if (equals < stop && text.charCodeAt(equals) === 0x3d) {
        if (value !== undefined) return '';
        value = text.slice(equals + 1, stop).trim();
      }
    }
    start = stop + 1;
  }
  return value;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
