import { Setting } from '@portico/config';
import { GatewayConfig, serviceAt } from '@portico/gateway';
import type { ServiceConfig } from '@portico/backend-client';
import { IsIn } from 'class-validator';

/** The benchmark's BFF: `bare` has an empty pipeline, `verified` verifies access tokens, `full` what a real BFF has. */
export class BenchConfig extends GatewayConfig {
  @Setting({ description: 'What is measured', env: 'BENCH_PROFILE' })
  @IsIn(['bare', 'verified', 'full'])
  profile: string = 'full';

  override services: Record<string, ServiceConfig> = {
    catalog: serviceAt('http://127.0.0.1:4001'),
    pricing: serviceAt('http://127.0.0.1:4002'),
    reviews: serviceAt('http://127.0.0.1:4004'),
    documents: serviceAt('http://127.0.0.1:4006'),
  };
}
