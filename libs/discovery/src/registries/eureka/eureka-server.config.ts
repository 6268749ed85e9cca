import { Setting } from '@portico/config';
import { ArrayMinSize, IsString, Matches } from 'class-validator';
import { HttpRegistryOptions } from '../http-registry.config.js';
import { IsRegistryUrl } from '../is-registry-url.decorator.js';

/** Where Eureka is, whatever it is wanted for. */
export class EurekaServerOptions extends HttpRegistryOptions {
  @Setting({ description: 'Addresses of the Eureka servers; the next one is asked when one fails' })
  @IsRegistryUrl({ each: true })
  @ArrayMinSize(1)
  urls: string[] = ['http://127.0.0.1:8761/eureka'];

  @Setting({ description: 'User name, where the servers want one' })
  @Matches(/^[^:\p{Cc}]*$/u, { message: '$property must have no colon' })
  user: string = '';

  @Setting({ description: 'Password of the user', secret: true })
  @IsString()
  password: string = '';
}
