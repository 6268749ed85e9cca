import { Strategy } from 'passport-jwt';
import type { Caller, Clock } from '@portico/core';
import { tokenBinding, type TokenBinding } from './dpop/token-binding.js';
import type { JwksStore } from './jwks-store.js';
import { checkTokenClaims } from './token-claims.js';
import { tokenCaller } from './token-caller.js';
import { readTokenHeader } from './token-header.js';
import { accessTokenTypes } from './token-type.js';
import type { TokenVerifierConfig } from './token-verifier.config.js';
import type { VerificationKey } from './verification-key.js';

/** What the strategy is given instead of a request. `key` is filled in on the way. */
export interface TokenRequest {
  readonly token: string;
  key: VerificationKey | undefined;
}

/** What the strategy succeeds with. */
export interface VerifiedToken {
  readonly caller: Caller;
  readonly kid: string;
  /** When the token expires, in ms since the Unix epoch. */
  readonly expiresAtMs: number;
  /** What it takes to use the token; undefined where holding it is enough. */
  readonly binding: TokenBinding | undefined;
}

type KeyCallback = (error: unknown, key?: string | Buffer) => void;

/**
 * passport-jwt for access tokens by RFC 9068, or plainer ones, and RFC 8725: the package verifies signature, algorithm, issuer and audience,
 * its two callbacks close what it leaves open. Times are checked here, by the injected clock, instead of by the package.
 */
export class AccessTokenStrategy extends Strategy {
  constructor(config: TokenVerifierConfig, keys: JwksStore, clock: Clock) {
    super(
      {
        jwtFromRequest: (request: TokenRequest) => request.token,
        secretOrKeyProvider: (request: TokenRequest, token: string, done: KeyCallback) => provideKey(keys, config, request, token, done),
        issuer: config.issuer,
        audience: config.audience,
        algorithms: [...config.algorithms],
        ignoreExpiration: true,
        jsonWebTokenOptions: { ignoreNotBefore: true },
        passReqToCallback: true,
      },
      (request: TokenRequest, claims: Record<string, unknown>, done) => {
        let binding: TokenBinding | undefined;
        try {
          checkTokenClaims(claims, config, clock.epochMs() / 1_000);
          binding = tokenBinding(request.token, claims);
        } catch (reason) {
          done(null, false, reason);
          return;
        }
        done(null, { caller: tokenCaller(claims, config), kid: request.key?.kid, expiresAtMs: claims.exp * 1_000, binding });
      },
    );
  }
}

function provideKey(keys: JwksStore, { profile }: TokenVerifierConfig, request: TokenRequest, token: string, done: KeyCallback): void {
  let found: ReturnType<JwksStore['find']>;
  let alg: string;
  try {
    const header = readTokenHeader(token, accessTokenTypes[profile]);
    alg = header.alg;
    found = keys.find(header.kid);
  } catch (reason) {
    done(reason);
    return;
  }
  const hand = (key: VerificationKey | undefined): void => {
    if (!key) return done(new TypeError('The issuer has no such key'));
    if (key.algorithm !== alg) return done(new TypeError('alg is not that of the key'));
    request.key = key;
    // The package takes a KeyObject, and is several times faster with it; only its types do not know.
    done(null, key.key as unknown as Buffer);
  };
  if (found instanceof Promise) found.then(hand, done);
  else hand(found);
}
