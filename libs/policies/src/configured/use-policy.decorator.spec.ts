import { Setting } from '@portico/config';
import { IsIn } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/fixtures.js';
import type { ConfiguredPolicy } from './configured-policy.js';
import { PolicyType } from './policy-type.decorator.js';
import { declaredPolicies, UsePolicy } from './use-policy.decorator.js';

class PaintOptions {
  @Setting({ description: 'Colour' })
  @IsIn(['red', 'blue', 'green', '${x}'])
  colour: string = 'red';
}

@PolicyType('paint', PaintOptions)
class Paint implements ConfiguredPolicy<PaintOptions> {
  compile() {
    return undefined;
  }
}

class Unnamed extends Paint {}

@UsePolicy(Paint)
class Base {
  @UsePolicy(Paint, { colour: 'green' })
  inherited() {}
}

@UsePolicy(Paint, { colour: 'blue' })
@UsePolicy(Paint, { colour: 'green' })
class Controller extends Base {
  @UsePolicy(Paint, { colour: 'green' })
  @UsePolicy(Paint)
  own() {}

  bare() {}
}

const coloursOf = (handler: object) => declaredPolicies(Controller, handler).map(({ type, options }) => (type === Paint ? (options as PaintOptions).colour : '?'));

describe('@UsePolicy', () => {
  it.each([
    ['those of the controller and its bases', Controller.prototype.bare, ['red', 'blue', 'green']],
    ['then those of the handler, from top to bottom', Controller.prototype.own, ['red', 'blue', 'green', 'green', 'red']],
    ['those of an inherited handler', Controller.prototype.inherited, ['red', 'blue', 'green', 'green']],
  ])('declares %s', (_, handler, colours) => {
    expect(coloursOf(handler)).toEqual(colours);
  });

  it('leaves the base controller as it was', () => {
    expect(declaredPolicies(Base, Base.prototype.inherited)).toHaveLength(2);
  });

  it('validates the options where they are written, and takes text in them as it is', () => {
    expect(faultsOf(() => UsePolicy(Paint, { colour: 'pink' }))).toEqual(['colour: must be one of the following values: red, blue, green, ${x}']);
    expect(faultsOf(() => UsePolicy(Paint, { color: 'red' } as object))).toEqual([expect.stringMatching(/^color: /)]);
    expect(() => UsePolicy(Paint, { colour: '${x}' })).not.toThrow();
  });

  it('refuses a class without @PolicyType()', () => {
    expect(() => UsePolicy(Unnamed)).toThrow('Unnamed has no @PolicyType()');
  });
});
