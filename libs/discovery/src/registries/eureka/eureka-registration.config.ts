import { Setting } from '@portico/config';
import { IsInt, IsString, Matches, Max, Min } from 'class-validator';
import { EurekaServerOptions } from './eureka-server.config.js';

const host = /^[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/;

/** How this process makes itself known to Eureka. */
export class EurekaRegistrationOptions extends EurekaServerOptions {
  @Setting({ description: 'Name of the application under which this process is registered' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { message: '$property must be letters, digits, dots, dashes and underscores' })
  app!: string;

  @Setting({ description: 'Name of the instance, unique in its application; empty: host, application and port' })
  @IsString()
  instanceId: string = '';

  @Setting({ description: 'Host name under which others reach this process' })
  @Matches(host, { message: '$property must be a host name' })
  hostName!: string;

  @Setting({ description: 'IP address under which others reach this process' })
  @Matches(host, { message: '$property must be an IP address' })
  ipAddress: string = '127.0.0.1';

  @Setting({ description: 'Port of plain HTTP; 0: none' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 0;

  @Setting({ description: 'Port of HTTPS; 0: none' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  securePort: number = 0;

  @Setting({ description: 'Path that says whether this process is well' })
  @Matches(/^\/\S*$/, { message: '$property must begin with a slash' })
  healthPath: string = '/health/ready';

  @Setting({ description: 'Time from one heartbeat to the next', unit: 'ms' })
  @IsInt()
  @Min(100)
  heartbeatMs: number = 30_000;

  @Setting({ description: 'Time without a heartbeat after which Eureka drops this process', unit: 'ms' })
  @IsInt()
  @Min(1_000)
  leaseMs: number = 90_000;
}
