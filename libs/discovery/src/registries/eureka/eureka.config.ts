import { Setting } from '@portico/config';
import { IsString } from 'class-validator';
import { EurekaFetchOptions } from './eureka-fetch.config.js';

/** The instances of an application as Eureka knows them. */
export class EurekaOptions extends EurekaFetchOptions {
  @Setting({ description: "Name of the application in Eureka, in any case; empty: the service's own name" })
  @IsString()
  app: string = '';
}
