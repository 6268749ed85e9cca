import { createHash, createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Configuration, JWKS } from 'oidc-provider';

/** The part of a provider's configuration that says how clients prove what they are. */
export interface ClientProofs extends Pick<Configuration, 'clientAuthMethods'> {
  readonly features: Pick<NonNullable<Configuration['features']>, 'attestClientAuth' | 'dPoP'>;
}

/**
 * How clients prove that they hold a key (DPoP, RFC 9449) and, where the public keys of an attester are known, that they are the app as it was published
 * (draft-ietf-oauth-attestation-based-client-auth-12).
 *
 * @param secret outlives the provider: what clients are challenged with is made of it
 */
export function clientProofs(attesterKeys: JWKS | undefined, secret: string): ClientProofs {
  if (!attesterKeys) return { features: { dPoP: { enabled: true } } };
  const keys = new Map(attesterKeys.keys.map((key) => [key.kid, createPublicKey({ key: key as JsonWebKey, format: 'jwk' })]));
  const challengeSecret = createHash('sha256').update(`challenges ${secret}`).digest();
  return {
    clientAuthMethods: ['client_secret_basic', 'private_key_jwt', 'none', 'attest_jwt_client_auth'],
    features: {
      // The provider wants nonces for proofs of possession where there are attestations; it asks nobody for them.
      dPoP: { enabled: true, nonceSecret: challengeSecret },
      attestClientAuth: {
        enabled: true,
        ack: 'draft-12',
        challengeSecret,
        getAttestationSignaturePublicKey: (_ctx, { kid }) => {
          const key = keys.get(kid as string | undefined);
          if (!key) throw new Error('The attester has no such key');
          return key;
        },
      },
    },
  };
}
