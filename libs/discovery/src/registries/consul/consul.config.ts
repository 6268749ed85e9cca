import { Setting } from '@portico/config';
import { IsString } from 'class-validator';
import { ConsulServerOptions } from './consul-server.config.js';

/** The instances of a service as Consul's health endpoint tells them, by blocking queries. */
export class ConsulOptions extends ConsulServerOptions {
  @Setting({ description: "Name of the service in Consul; empty: the service's own name" })
  @IsString()
  service: string = '';
}
