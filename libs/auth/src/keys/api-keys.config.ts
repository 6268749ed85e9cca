import { Setting } from '@portico/config';
import { IsInt, IsString, Matches, Max, Min } from 'class-validator';

/** Which partners' API keys are accepted. */
export class ApiKeysConfig {
  @Setting({ description: 'File of API keys, as `npm run portico -- api-key` writes it; empty: no key is accepted' })
  @IsString()
  file: string = '';

  @Setting({ description: 'Header field that keys are sent in' })
  @Matches(/^[A-Za-z][A-Za-z0-9-]*$/, { message: 'is no name of a header field' })
  header: string = 'x-api-key';

  @Setting({ description: 'Wrong keys per minute from one address, before all keys from there are refused', unit: 'keys' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  failuresPerMinute: number = 20;
}
