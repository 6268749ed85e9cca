import type { ServiceConfig } from '@portico/backend-client';
import { AuthConfig, GatewayConfig, serviceAt } from '@portico/gateway';

/** The desktop BFF's own defaults; everything can be set from the environment. */
export class DesktopConfig extends GatewayConfig {
  override port: number = 3030;

  override auth: AuthConfig = Object.assign(new AuthConfig(), { audience: 'https://desktop.portico.example', clientIds: ['shop-desktop'] });

  override services: Record<string, ServiceConfig> = {
    catalog: serviceAt('http://127.0.0.1:4001'),
    pricing: serviceAt('http://127.0.0.1:4002'),
    inventory: serviceAt('http://127.0.0.1:4003'),
    reviews: serviceAt('http://127.0.0.1:4004'),
    recommendations: serviceAt('http://127.0.0.1:4005'),
    basket: serviceAt('http://127.0.0.1:4006'),
    ordering: serviceAt('http://127.0.0.1:4007'),
    customers: serviceAt('http://127.0.0.1:4008'),
    shipping: serviceAt('http://127.0.0.1:4009'),
  };
}
