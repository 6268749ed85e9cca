import { Setting } from '@portico/config';
import { IsIn, IsNotEmpty, IsOptional, Matches } from 'class-validator';

/** Where a route sends to. */
export class ToConfig {
  @Setting({ description: 'Name of the service' })
  @IsNotEmpty()
  service!: string;

  @Setting({ description: 'Name of the service in the registry, with placeholders of the match: `service` then says how every service of the registry is reached. Empty: `service` is one' })
  member: string = '';

  @Setting({ description: 'Path that is sent, with the placeholders of the match and perhaps a query; absent: the path that came', type: 'string' })
  @IsOptional()
  @Matches(/^\//, { message: 'must begin with "/"' })
  path?: string;

  @Setting({ description: 'Method that is sent; empty: the one that came' })
  @Matches(/^[A-Z]*$/, { message: 'must be in upper case' })
  method: string = '';

  @Setting({ description: 'Whether the parameters of the client are sent (`keep`) or only those of `path` (`drop`)' })
  @IsIn(['keep', 'drop'])
  query: 'keep' | 'drop' = 'keep';

  @Setting({ description: 'Parameters that are not kept: those whose placeholder stands in `path` (`used`), or those that are named like a placeholder (`named`), in any case (`named-any-case`)' })
  @IsIn(['used', 'named', 'named-any-case'])
  omit: 'used' | 'named' | 'named-any-case' = 'used';

  @Setting({ description: 'Whether the path that is sent ends as `path` does (`template`), or loses its last `/` where the request has none (`request`)' })
  @IsIn(['template', 'request'])
  trailingSlash: 'template' | 'request' = 'template';

  @Setting({
    description:
      "Whether the client's Authorization and Cookie are sent (`pass`) or not (`drop`): a service that believes the gateway needs neither, and one that does not should get no credential that others accept too",
  })
  @IsIn(['drop', 'pass'])
  credentials: 'drop' | 'pass' = 'drop';

  @Setting({ description: "Whether the instance's own address in Location, Content-Location, Link and the domain of cookies becomes the gateway's (`rewrite`) or stays (`keep`)" })
  @IsIn(['rewrite', 'keep'])
  serviceAddresses: 'rewrite' | 'keep' = 'rewrite';

  @Setting({ description: 'Host that is sent: that of the instance (`service`) or the one that the client named (`client`)' })
  @IsIn(['service', 'client'])
  host: 'service' | 'client' = 'service';
}
