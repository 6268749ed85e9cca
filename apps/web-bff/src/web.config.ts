import type { ServiceConfig } from '@portico/backend-client';
import { Section } from '@portico/config';
import { AuthConfig, GatewayConfig, serviceAt, ServiceClientConfig, SessionConfig } from '@portico/gateway';

/** The web BFF's own defaults; everything can be set from the environment. */
export class WebConfig extends GatewayConfig {
  override port: number = 3010;

  override auth: AuthConfig = Object.assign(new AuthConfig(), { audience: 'https://web.portico.example' });

  @Section(() => SessionConfig, { description: 'Cookie sessions of browsers' })
  session: SessionConfig = Object.assign(new SessionConfig(), { publicOrigin: 'http://localhost:3010' });

  override serviceClient: ServiceClientConfig = Object.assign(new ServiceClientConfig(), { clientId: 'web-bff' });

  override services: Record<string, ServiceConfig> = {
    catalog: serviceAt('http://127.0.0.1:4001', 'https://catalog.portico.example'),
    pricing: serviceAt('http://127.0.0.1:4002', 'https://pricing.portico.example'),
    inventory: serviceAt('http://127.0.0.1:4003', 'https://inventory.portico.example'),
    reviews: serviceAt('http://127.0.0.1:4004', 'https://reviews.portico.example'),
    recommendations: serviceAt('http://127.0.0.1:4005', 'https://recommendations.portico.example'),
    basket: serviceAt('http://127.0.0.1:4006', 'https://basket.portico.example'),
    ordering: serviceAt('http://127.0.0.1:4007', 'https://ordering.portico.example'),
    customers: serviceAt('http://127.0.0.1:4008', 'https://customers.portico.example'),
    shipping: serviceAt('http://127.0.0.1:4009', 'https://shipping.portico.example'),
  };
}
