import { describe, expect, it } from 'vitest';
import type { ConfiguredPolicy, PolicyClass } from './configured-policy.js';
import { PolicyRegistry } from './policy-registry.js';
import { PolicyType, policyTypeOf } from './policy-type.decorator.js';

class NoOptions {}

@PolicyType('greet', NoOptions)
class Greet implements ConfiguredPolicy<NoOptions> {
  readonly greeting: string;

  constructor(greeting = 'hello') {
    this.greeting = greeting;
  }

  compile() {
    return undefined;
  }
}

@PolicyType('greet', NoOptions)
class GreetAgain extends Greet {}

class Nameless extends Greet {}

describe('PolicyRegistry', () => {
  it('knows its policies by name, with the class of their options', () => {
    const registry = new PolicyRegistry([Greet]);
    expect(registry.names).toEqual(['greet']);
    expect([...registry.optionClasses]).toEqual([['greet', NoOptions]]);
    expect(registry.typeOf('greet')).toBe(Greet);
    expect(registry.typeOf('constructor')).toBeUndefined();
  });

  it('refuses two policies of one name, and names both', () => {
    expect(() => new PolicyRegistry([Greet, GreetAgain])).toThrow('Two policies are called greet: Greet and GreetAgain');
  });

  it('refuses a class that says nothing of itself, even where its base does', () => {
    expect(() => new PolicyRegistry([Nameless])).toThrow('Nameless has no @PolicyType()');
  });

  it('makes one instance of each class, by the factory that it was given', () => {
    const made: PolicyClass[] = [];
    const registry = new PolicyRegistry([Greet], (type) => {
      made.push(type);
      return new (type as typeof Greet)('injected');
    });
    const policy = registry.instanceOf(Greet);
    expect(policy).toMatchObject({ greeting: 'injected' });
    expect(registry.instanceOf(Greet)).toBe(policy);
    expect(made).toEqual([Greet]);
  });

  it('makes an instance of a class that only a decorator names', () => {
    expect(new PolicyRegistry([]).instanceOf(Greet)).toMatchObject({ greeting: 'hello' });
  });
});

describe('@PolicyType', () => {
  it.each(['base', '', 'Greet', 'greet_all', '-greet', 'greet-', 'a b'])('refuses the name %j', (name) => {
    expect(() => PolicyType(name, NoOptions)).toThrow('Not a name for a policy');
  });

  it('is read from the class', () => {
    expect(policyTypeOf(Greet)).toEqual({ name: 'greet', options: NoOptions });
  });
});
