import type { ConfigClass } from '@portico/config';
import type { PolicyClass } from './configured-policy.js';

/** What `@PolicyType()` says of a class. */
export interface PolicyTypeDeclaration {
  readonly name: string;
  readonly options: ConfigClass;
}

/** The word that stands for the wider scope's policies in a list; no policy can have it as its name. */
export const baseWord = 'base';

const declarations = new WeakMap<PolicyClass, PolicyTypeDeclaration>();
const kebabCase = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/**
 * Names a policy for the configuration, and says of which class its options are.
 * @throws TypeError when the name is not in kebab-case, or is `base`
 */
export function PolicyType<O extends object>(name: string, options: ConfigClass<O>): (type: PolicyClass<O>) => void {
  if (!kebabCase.test(name) || name === baseWord) throw new TypeError(`Not a name for a policy: ${JSON.stringify(name)}`);
  return (type) => void declarations.set(type, Object.freeze({ name, options }));
}

/**
 * What `@PolicyType()` says of `type`.
 * @throws TypeError when it has none of its own
 */
export function policyTypeOf(type: PolicyClass): PolicyTypeDeclaration {
  const declaration = declarations.get(type);
  if (!declaration) throw new TypeError(`${type.name} has no @PolicyType()`);
  return declaration;
}
