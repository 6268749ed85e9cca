import { Setting } from '@portico/config';
import { IsBoolean, IsIn, IsInt, IsNotEmpty, IsString, Max, Min } from 'class-validator';
import { HttpRegistryOptions } from '../http-registry.config.js';
import { IsHeaderSecret } from '../is-header-secret.decorator.js';
import { IsRegistryUrl } from '../is-registry-url.decorator.js';

/** Where Consul is, and which of the instances that its health endpoint tells are used, whatever the service. */
export class ConsulServerOptions extends HttpRegistryOptions {
  @Setting({ description: 'Address of the Consul agent' })
  @IsRegistryUrl()
  url: string = 'http://127.0.0.1:8500';

  @Setting({ description: 'Tags that an instance must have, all of them' })
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  tags: string[] = [];

  @Setting({ description: "Data centre; empty: the agent's own" })
  @IsString()
  datacenter: string = '';

  @Setting({ description: 'Whether instances with a warning are left out; critical ones are, unless all are that' })
  @IsBoolean()
  passingOnly: boolean = true;

  @Setting({ description: 'Token that is sent as X-Consul-Token', secret: true })
  @IsHeaderSecret()
  token: string = '';

  @Setting({ description: "What is called: the service's address, or the node's where the service has none; the node's address; the node's name" })
  @IsIn(['service', 'node', 'node-name'])
  address: string = 'service';

  @Setting({ description: 'Scheme of the instances' })
  @IsIn(['http', 'https'])
  scheme: string = 'http';

  @Setting({ description: 'Time for which Consul holds an answer back while nothing changes', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  waitMs: number = 60_000;
}
