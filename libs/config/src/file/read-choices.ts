import type { ChoiceType } from '../config-class.js';
import { copyValue } from '../copy-value.js';
import type { ChoicesDeclaration } from '../declarations.js';
import { needsValues } from '../needs-values.js';
import { expandPlaceholders } from './expand-placeholders.js';
import { kindText, memberPath, type FileNode } from './file-node.js';
import { suggestion, type FileReading, type Spot } from './file-reading.js';
import { readSection, type Source } from './read-section.js';
import { readSetting } from './read-setting.js';

/** One choice of a file: its name, and its options when there are some. */
interface Chosen {
  readonly name: string;
  readonly options: FileNode | undefined;
}

/** The value of a `@Choices` property: `{ name, options }`, the marker, or a list of those. */
export function readChoices(declaration: ChoicesDeclaration, { layers, spot, reading, given }: Source): unknown {
  const choices = new Map(Object.entries(declaration.choices()));
  const last = layers.at(-1);
  if (!last) {
    if (given === undefined) return declaration.list && !declaration.optional ? [] : undefined;
    if (!declaration.list) return initialChoice(choices, given, spot, reading);
    return (given as unknown[]).map((item) => initialChoice(choices, item, spot, reading));
  }
  if (!declaration.list) {
    const chosen = layers.map((layer) => chosenOf(layer, declaration, choices, spot, reading));
    // What an earlier file says counts as long as the later ones choose the same.
    const since = chosen.findLastIndex((choice) => choice?.name !== chosen.at(-1)?.name) + 1;
    return readChoice(choices, declaration, chosen.slice(since), spot, reading);
  }
  if (last.kind !== 'list') return void reading.fault(spot, `must be a list, but is ${kindText(last)}`);
  return last.items.map((item, index) => {
    const at = { path: memberPath(spot.path, index), place: item.place };
    return readChoice(choices, declaration, [chosenOf(item, declaration, choices, at, reading)], at, reading);
  });
}

function chosenOf(node: FileNode, { marker }: ChoicesDeclaration, choices: ReadonlyMap<string, ChoiceType>, spot: Spot, reading: FileReading): Chosen | undefined {
  const known = [...(marker === undefined ? [] : [marker]), ...choices.keys()];
  if (node.kind === 'map') {
    const [entry, second] = node.entries;
    if (!entry || second) return void reading.fault(spot, `must have one key, one of ${known.join(', ')}`, node.place);
    if (choices.has(entry[0])) return { name: entry[0], options: entry[1] };
    return void reading.fault({ path: memberPath(spot.path, entry[0]), place: entry[1].place }, unknown(entry[0], known, marker));
  }
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return void reading.fault(spot, `must be a map with one key, but is ${kindText(node)}`, node.place);
  const { text, faults } = expandPlaceholders(node.value, reading.env);
  for (const fault of faults) reading.fault(spot, fault, node.place);
  if (faults.length > 0) return undefined;
  if (text === marker || choices.has(text)) return { name: text, options: undefined };
  return void reading.fault(spot, unknown(text, known, undefined), node.place);
}

function unknown(name: string, known: readonly string[], marker: string | undefined): string {
  return name === marker ? `stands for itself: write ${name} without options` : `is none of ${known.join(', ')}${suggestion(name, known)}`;
}

function readChoice(
  choices: ReadonlyMap<string, ChoiceType>,
  { marker }: ChoicesDeclaration,
  chosen: readonly (Chosen | undefined)[],
  spot: Spot,
  reading: FileReading,
): unknown {
  const name = chosen.at(-1)?.name;
  if (name === undefined) return undefined;
  const layers = chosen.flatMap((choice) => choice?.options ?? []);
  if (name === marker && layers.length === 0) return name;
  const type = choices.get(name)!;
  const at = { path: memberPath(spot.path, name), place: layers.at(-1)?.place ?? spot.place };
  if (layers.length === 0 && (typeof type === 'string' || needsValues(type))) {
    return void reading.fault(spot, `needs options: write { ${name}: … }`);
  }
  return { name, options: typeof type === 'string' ? readSetting(type, layers, at, reading) : readSection(type, { layers, spot: at, reading, given: undefined }) };
}

/** The choice of an initialiser, which the instance shall not share. */
function initialChoice(choices: ReadonlyMap<string, ChoiceType>, given: unknown, spot: Spot, reading: FileReading): unknown {
  const { name, options } = given as { readonly name?: string; readonly options?: unknown };
  if (name === undefined) return given;
  const type = choices.get(name);
  if (type === undefined) throw new TypeError(`The default of ${spot.path} chooses ${name}, which is not among its choices`);
  const at = { path: memberPath(spot.path, name), place: spot.place };
  return { name, options: typeof type === 'string' ? copyValue(options) : readSection(type, { layers: [], spot: at, reading, given: options }) };
}
