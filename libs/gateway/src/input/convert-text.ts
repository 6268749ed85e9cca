import 'reflect-metadata';

type InputClass = new () => object;

const number = /^-?(?:\d+\.?\d*|\.\d+)$/;

/** The value that a text stands for; the text itself when it stands for none, so that validation names it. */
function convert(text: unknown, type: unknown): unknown {
  if (typeof text !== 'string') return text;
  if (type === Number) return number.test(text) ? Number(text) : text;
  if (type === Boolean) return text === 'true' ? true : text === 'false' ? false : text;
  if (type === Array) return text === '' ? [] : text.split(',');
  return text;
}

/** Makes an instance of `input` from a query or path parameters, whose values are all text. A list is written with commas or by repeating its name. */
export function convertText(input: InputClass, values: Readonly<Record<string, unknown>>): object {
  const instance = new input() as Record<string, unknown>;
  for (const name of Object.keys(values ?? {})) {
    const value = convert(values[name], Reflect.getMetadata('design:type', input.prototype as object, name));
    // Assigning `__proto__` would set the prototype; defined, it is an unknown field like any other.
    if (name === '__proto__') Object.defineProperty(instance, name, { value, enumerable: true });
    else instance[name] = value;
  }
  return instance;
}
