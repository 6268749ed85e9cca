import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import { isReserved } from './reserved-names.js';

type InputClass = new () => object;

const number = /^-?(?:\d+\.?\d*|\.\d+)$/;

const numeric = new Set<string | undefined>(['isInt', 'isNumber']);

/** Makes the value that a text stands for; the text itself when it stands for none, so that validation names it. */
type Convert = (text: unknown) => unknown;

const asItIs: Convert = (text) => text;
const toNumber: Convert = (text) => (typeof text === 'string' && number.test(text) ? Number(text) : text);
const toBoolean: Convert = (text) => (text === 'true' ? true : text === 'false' ? false : text);

/** A list is written with commas, or by repeating its name, or both. */
function toList(item: Convert): Convert {
  return (text) => (text === '' ? [] : [text].flat().flatMap((piece) => String(piece).split(',')).map(item));
}

function converterOf(input: InputClass, name: string): Convert {
  const type: unknown = Reflect.getMetadata('design:type', input.prototype as object, name);
  if (type === Number) return toNumber;
  if (type === Boolean) return toBoolean;
  if (type !== Array) return asItIs;
  const rules = getMetadataStorage().getTargetValidationMetadatas(input, '', false, false);
  return toList(rules.some((rule) => rule.propertyName === name && rule.each && numeric.has(rule.name)) ? toNumber : asItIs);
}

const converters = new WeakMap<InputClass, Map<string, Convert>>();

/** The converters of the fields that the class declares, and of no other: an attacker may invent any number of names. */
function convertersOf(input: InputClass): Map<string, Convert> {
  let known = converters.get(input);
  if (!known) {
    const names = new Set(getMetadataStorage().getTargetValidationMetadatas(input, '', false, false).map((rule) => rule.propertyName));
    converters.set(input, (known = new Map([...names].map((name) => [name, converterOf(input, name)]))));
  }
  return known;
}

/** Makes an instance of `input` from a query or path parameters, whose values are all text. Fields of reserved names are left out. */
export function convertText(input: InputClass, values: Readonly<Record<string, unknown>>): object {
  const instance = new input() as Record<string, unknown>;
  const known = convertersOf(input);
  for (const name of Object.keys(values ?? {})) {
    const convert = known.get(name);
    if (convert) instance[name] = convert(values[name]);
    else if (!isReserved(name)) instance[name] = values[name];
  }
  return instance;
}
