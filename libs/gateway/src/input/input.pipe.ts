import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { PorticoError } from '@portico/core';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidatorOptions } from 'class-validator';
import { convertText } from './convert-text.js';
import { faultsOf } from './input-faults.js';
import { compileQuickCheck, type QuickCheck } from './quick-check.js';
import { reservedNameFaults } from './reserved-names.js';

type InputClass = new () => object;

const options: ValidatorOptions = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false, stopAtFirstError: false };

/** Types that stand for no class of ours: there is nothing to validate against. */
const builtIn = new Set<unknown>([String, Number, Boolean, Array, Object, undefined]);

const never: QuickCheck = () => false;

/**
 * Step 4: turns body, query and path parameters into instances of the class that the handler declares, validated by class-validator.
 * A field that the class does not declare is a fault. Text in queries and paths becomes the declared type; a JSON body is taken at its word.
 * @throws PorticoError REQUEST_INVALID that lists every fault by path
 */
@Injectable()
export class InputPipe implements PipeTransform {
  readonly #quickChecks = new Map<InputClass, QuickCheck>();

  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (type === 'custom' || builtIn.has(metatype)) return value;
    const input = metatype as unknown as InputClass;
    if (type === 'body' && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'body', message: 'must be a JSON object' }] });
    }
    const at = type === 'param' ? 'path' : type;
    const reserved = reservedNameFaults(value, at);
    const instance = type === 'body' ? plainToInstance(input, value) : convertText(input, value as Record<string, unknown>);
    if (reserved.length === 0 && (this.#quickChecks.get(input) ?? this.#compile(input))(instance)) return instance;
    const faults = [...reserved, ...faultsOf(validateSync(instance, options), at)];
    if (faults.length > 0) throw new PorticoError('REQUEST_INVALID', { faults });
    return instance;
  }

  #compile(input: InputClass): QuickCheck {
    const check = compileQuickCheck(input) ?? never;
    this.#quickChecks.set(input, check);
    return check;
  }
}
