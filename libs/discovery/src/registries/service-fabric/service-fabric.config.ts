import { Setting } from '@portico/config';
import { Matches } from 'class-validator';
import { IsRegistryUrl } from '../is-registry-url.decorator.js';

/** A service behind Service Fabric's reverse proxy, which finds the instances by the name of the service in the path. */
export class ServiceFabricOptions {
  @Setting({ description: 'Address of the reverse proxy' })
  @IsRegistryUrl()
  url: string = 'http://127.0.0.1:19081';

  @Setting({ description: 'Application and service, as `Shop/Catalog`' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._~-]*(?:\/[A-Za-z0-9][A-Za-z0-9._~-]*)+$/, { message: '$property must name an application and a service, as Shop/Catalog' })
  service!: string;
}
