import { Setting } from '@portico/config';
import { ArrayMinSize, IsIn, IsInt, Matches, Min, ValidateIf } from 'class-validator';
import { proofAlgorithms, type ProofAlgorithm } from './proof-algorithm.js';

/** Which proofs of possession are accepted (RFC 9449). */
export class DpopOptions {
  @Setting({
    description: "The gateway's origin as clients address it, which proofs must name; empty: what the Host field says, with either scheme. Set it where anybody can reach the gateway under another name",
  })
  @ValidateIf(({ publicOrigin }: DpopOptions) => publicOrigin !== '')
  @Matches(/^https?:\/\/[^\s/?#\\@]+$/, { message: 'is no origin, as https://api.example' })
  publicOrigin: string = '';

  @Setting({ description: 'Signature algorithms that are accepted' })
  @IsIn(proofAlgorithms, { each: true })
  @ArrayMinSize(1)
  algorithms: ProofAlgorithm[] = ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'];

  @Setting({ description: 'How old a proof may be', unit: 's' })
  @IsInt()
  @Min(1)
  maxAgeS: number = 60;

  @Setting({ description: "How far a client's clock may be ahead", unit: 's' })
  @IsInt()
  @Min(0)
  clockToleranceS: number = 5;

  @Setting({ description: 'Keys of clients that are remembered', unit: 'keys' })
  @IsInt()
  @Min(1)
  cachedKeys: number = 10_000;
}
