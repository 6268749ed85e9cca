import { IsArray, IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateNested, validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { compileQuickCheck } from './quick-check.js';

class Search {
  @IsOptional()
  @IsString()
  @MaxLength(5)
  q?: unknown;

  @IsInt()
  @Min(1)
  @Max(9)
  page: unknown = 1;

  @IsIn(['a', 'b'])
  sort: unknown = 'a';

  @IsArray()
  @Matches(/^\w+$/, { each: true })
  tags: unknown = [];
}

class Nested {
  @ValidateNested()
  child: unknown = {};
}

class Grouped {
  @IsString({ groups: ['x'] })
  name: unknown = 1;
}

const values = [undefined, null, '', 'a', 'abcdef', 0, 1, 9, 10, 1.5, Number.NaN, true, [], ['a'], ['a', '-'], [1], {}];
const options = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false };

describe('compileQuickCheck', () => {
  it('accepts exactly what class-validator accepts, for every value in every field', () => {
    const check = compileQuickCheck(Search) as (input: object) => boolean;
    let accepted = 0;
    for (const field of ['q', 'page', 'sort', 'tags', 'unknown']) {
      for (const value of values) {
        const input = Object.assign(new Search(), { [field]: value });
        const valid = validateSync(input, options).length === 0;
        expect(check(input), `${field} = ${JSON.stringify(value)}`).toBe(valid);
        accepted += valid ? 1 : 0;
      }
    }
    expect(accepted).toBeGreaterThan(5);
  });

  it('leaves nested objects and groups to class-validator', () => {
    expect(compileQuickCheck(Nested)).toBeUndefined();
    expect(compileQuickCheck(Grouped)).toBeUndefined();
  });
});
