import { Setting } from '@portico/config';
import { IsInt, IsString, Min } from 'class-validator';
import { RegistryOptions } from './registry.config.js';

/** What registries that are asked over HTTP have in common. */
export class HttpRegistryOptions extends RegistryOptions {
  @Setting({ description: 'Time for an answer of the registry, besides the time for which it was asked to hold the answer back', unit: 'ms' })
  @IsInt()
  @Min(1)
  requestTimeoutMs: number = 5_000;

  @Setting({ description: 'Largest answer that is read of the registry', unit: 'bytes' })
  @IsInt()
  @Min(1)
  maxAnswerBytes: number = 5_242_880;

  @Setting({ description: 'File with the certificates (PEM) that vouch for the registry, in place of the well-known ones' })
  @IsString()
  caFile: string = '';
}
