import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { InvalidFaultsError } from '../server/fault-settings.js';
import { listFaults } from '../server/schema-check.js';
import { accessTokenSeconds } from './audience.js';

/** How long a family of refresh tokens lives, in seconds. */
export const refreshTokenSeconds = 14 * 24 * 60 * 60;

const nextIdToken = ['sound', 'nonce', 'audience', 'issuer', 'unsigned', 'expired'] as const;

/** How the identity service misbehaves, beside the faults that every service has. */
export const IdentityFaults = Type.Object(
  {
    tokenDelayMs: Type.Integer({ minimum: 0, maximum: 600_000, default: 0, description: 'The token endpoint waits that long.' }),
    tokenStatus: Type.Integer({ minimum: 200, maximum: 599, default: 200, description: 'From 400 on, what the token endpoint answers instead of a token.' }),
    nextIdToken: Type.Enum([...nextIdToken], { default: 'sound', description: 'What is wrong with the next ID token; the one after it is sound again.' }),
    accessTokenSeconds: Type.Integer({ minimum: 1, maximum: accessTokenSeconds, default: accessTokenSeconds }),
    refreshTokenSeconds: Type.Integer({ minimum: 1, maximum: refreshTokenSeconds, default: refreshTokenSeconds }),
  },
  { additionalProperties: false },
);

/** How the identity service misbehaves, beside the faults that every service has. */
export type IdentityFaults = Readonly<Static<typeof IdentityFaults>>;

/** An identity service that behaves. */
export const noIdentityFaults: IdentityFaults = Object.freeze({ tokenDelayMs: 0, tokenStatus: 200, nextIdToken: 'sound', accessTokenSeconds, refreshTokenSeconds });

const check = Compile(IdentityFaults);

/** Completes faults from `base`. Throws {@link InvalidFaultsError}, also for faults that do not exist. */
export function parseIdentityFaults(input: unknown, base: IdentityFaults = noIdentityFaults): IdentityFaults {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new InvalidFaultsError(['value must be an object']);
  const faults: unknown = { ...base, ...input };
  if (check.Check(faults)) return faults;
  throw new InvalidFaultsError(listFaults(check, faults));
}
