import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import { appendEdit, removeEdit, replaceEdit, setEdit, setIfAbsentEdit, type EditPlace, type HeaderEdit } from './header-edit.js';
import type { HeaderTransform } from './header-transforms.js';

/**
 * Compiles a list of changes into edits, in their order.
 * @throws ConfigurationError listing every fault, with paths that begin with `path`
 */
export function compileTransforms(transforms: readonly HeaderTransform[], place: EditPlace, path: string): readonly HeaderEdit[] {
  const faults: ConfigurationFault[] = [];
  const edits = transforms.flatMap((transform, index) => compilersOf(transform, place, `${path}[${index}].${transform.name}`)).flatMap((compile) => {
    try {
      return [compile()];
    } catch (error) {
      if (!isConfigurationError(error)) throw error;
      faults.push(...error.faults);
      return [];
    }
  });
  if (faults.length > 0) throw new ConfigurationError(faults);
  return edits;
}

function compilersOf(transform: HeaderTransform, place: EditPlace, at: string): readonly (() => HeaderEdit)[] {
  switch (transform.name) {
    case 'set':
      return Object.entries(transform.options).map(([name, value]) => () => setEdit(name, value, place, { name: at, value: `${at}.${name}` }));
    case 'setIfAbsent':
      return Object.entries(transform.options).map(([name, value]) => () => setIfAbsentEdit(name, value, place, { name: at, value: `${at}.${name}` }));
    case 'append':
      return Object.entries(transform.options).map(([name, value]) => () => appendEdit(name, value, place, { name: at, value: `${at}.${name}` }));
    case 'remove':
      return transform.options.map((name, index) => () => removeEdit(name, `${at}[${index}]`));
    case 'replace': {
      const { header, find, with: by } = transform.options;
      return [() => replaceEdit(header, find, by, place, { name: `${at}.header`, find: `${at}.find`, with: `${at}.with` })];
    }
  }
}
