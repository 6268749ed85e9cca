import { Setting } from '@portico/config';
import { IsIn, IsInt, Min } from 'class-validator';
import { EurekaServerOptions } from './eureka-server.config.js';

/** How applications are fetched from Eureka, and what of their instances is called, whatever the application. */
export class EurekaFetchOptions extends EurekaServerOptions {
  @Setting({ description: 'What is called: the host name or the IP address of an instance' })
  @IsIn(['host-name', 'ip'])
  address: string = 'host-name';

  @Setting({ description: 'Secure port: used where an instance has enabled it; required, others are left out; never used' })
  @IsIn(['prefer', 'require', 'never'])
  securePort: string = 'prefer';

  @Setting({ description: 'Time from one fetch to the next', unit: 'ms' })
  @IsInt()
  @Min(100)
  refreshMs: number = 30_000;
}
