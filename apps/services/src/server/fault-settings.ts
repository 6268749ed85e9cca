import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { listFaults } from './schema-check.js';

const rate = () => Type.Number({ minimum: 0, maximum: 1, default: 0 });
const milliseconds = () => Type.Integer({ minimum: 0, maximum: 600_000, default: 0 });

/** How a service misbehaves. Every setting is optional when given and has a value when read. */
export const FaultSettings = Type.Object(
  {
    latencyMs: milliseconds(),
    jitterMs: milliseconds(),
    errorRate: rate(),
    truncateRate: rate(),
    resetRate: rate(),
    errorStatus: Type.Integer({ minimum: 400, maximum: 599, default: 500 }),
    answer: Type.Enum(['normal', 'html', 'wrong-type', 'huge'], { default: 'normal' }),
  },
  { additionalProperties: false },
);

/** How a service misbehaves. */
export type FaultSettings = Readonly<Static<typeof FaultSettings>>;

/** A service that behaves. */
export const noFaults: FaultSettings = Object.freeze({ latencyMs: 0, jitterMs: 0, errorRate: 0, truncateRate: 0, resetRate: 0, errorStatus: 500, answer: 'normal' });

/** Fault settings that cannot be used; `faults` lists everything that is wrong with them. */
export class InvalidFaultsError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`invalid faults: ${faults.join('; ')}`);
    this.name = 'InvalidFaultsError';
  }
}

const check = Compile(FaultSettings);

/** Completes settings from `base`. Throws {@link InvalidFaultsError}, also for settings that do not exist. */
export function parseFaults(input: unknown, base: FaultSettings = noFaults): FaultSettings {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new InvalidFaultsError(['value must be an object']);
  const settings: unknown = { ...base, ...input };
  if (check.Check(settings)) return settings;
  throw new InvalidFaultsError(listFaults(check, settings));
}
